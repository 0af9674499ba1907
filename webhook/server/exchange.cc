#include "webhook/exchange.h"

#include <httplib.h>

#include <algorithm>
#include <cstring>
#include <exception>

#include "base/text.h"
#include "webhook/plain_response.h"

namespace restorable::webhook {
namespace {

// process_request() is not a promise of the library: it was tried with these versions.
static_assert(std::string_view(CPPHTTPLIB_VERSION) == "0.11.4",
              "try webhook/server with this cpp-httplib before you add it here");

// With a charset the library does not compress it: Go offers gzip, and it costs twice the time.
constexpr const char* kJson = "application/json;charset=utf-8";
constexpr const char* kText = "text/plain;charset=utf-8";
constexpr std::string_view kPath = "/validate";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// A request that is all there, and room for a response.
class MemoryStream : public httplib::Stream {
 public:
  explicit MemoryStream(std::string_view input) : input_(input) {}

  bool is_readable() const override { return !input_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* out, std::size_t size) override {
    const std::size_t count = std::min(size, input_.size());
    std::memcpy(out, input_.data(), count);
    input_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* text, std::size_t size) override {
    output_.append(text, size);
    return static_cast<ssize_t>(size);
  }
  using Stream::write;
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

  std::string TakeOutput() { return std::move(output_); }

 private:
  std::string_view input_;
  std::string output_;
};

bool IsJson(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  const std::size_t end = type.find_last_not_of(" \t");
  return end != std::string_view::npos &&
         EqualsIgnoringAsciiCase(type.substr(0, end + 1), "application/json");
}

}  // namespace

struct Exchange::Impl : httplib::Server {
  explicit Impl(Exchange::Handler given) : handler(std::move(given)) {
    set_pre_routing_handler(
        [](const auto& request, auto& response) { return CheckRoute(request, response); });
    Post(std::string(kPath),
         [this](const auto& request, auto& response) { Handle(request, response); });
    set_exception_handler([](const auto&, auto& response, std::exception_ptr) {
      response.status = 500;
      response.set_content("internal error\n", kText);
    });
  }

  static HandlerResponse CheckRoute(const httplib::Request& request, httplib::Response& response) {
    if (request.path != kPath) {
      response.status = 404;
      response.set_content("reviews are posted to /validate\n", kText);
      return HandlerResponse::Handled;
    }
    if (request.method != "POST") {
      response.status = 405;
      response.set_header("Allow", "POST");
      response.set_content("reviews are posted\n", kText);
      return HandlerResponse::Handled;
    }
    if (!IsJson(request.get_header_value("Content-Type"))) {
      response.status = 415;
      response.set_content("reviews are application/json\n", kText);
      return HandlerResponse::Handled;
    }
    return HandlerResponse::Unhandled;
  }

  void Handle(const httplib::Request& request, httplib::Response& response) {
    const std::string timeout = request.get_param_value("timeout");
    const std::string type = request.get_header_value("Content-Type");
    HttpResponse answer = handler({.content_type = type, .timeout = timeout, .body = request.body});
    response.status = answer.status;
    if (answer.retry_after) response.set_header("Retry-After", "1");
    response.set_content(std::move(answer.body), answer.status == 200 ? kJson : kText);
  }

  using httplib::Server::process_request;

  Exchange::Handler handler;
};

Exchange::Exchange(Handler handler) : impl_(std::make_unique<Impl>(std::move(handler))) {}
Exchange::~Exchange() = default;

std::string Exchange::Answer(std::string_view request, bool& close) {
  MemoryStream stream(request);
  bool ends = false;
  const bool ok = impl_->process_request(stream, close, ends, nullptr);
  close |= ends || !ok;
  std::string response = stream.TakeOutput();
  // The I/O loop has said so where it was asked for: the body is here.
  if (response.starts_with(kContinue)) response.erase(0, kContinue.size());
  // Whatever the library could not read at all.
  if (response.empty()) {
    close = true;
    response = PlainResponse(400, "the request is malformed", true);
  }
  return response;
}

}  // namespace restorable::webhook
