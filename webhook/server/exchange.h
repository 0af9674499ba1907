#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace restorable::webhook {

// What a handler is asked, and what it says. Views live as long as the call.
struct HttpRequest {
  std::string_view content_type;
  std::string_view timeout;  // of the query; empty without
  std::string_view body;
};
struct HttpResponse {
  int status = 200;
  std::string body;
  bool retry_after = false;
};

// From the bytes of a whole request to those of its response. Routing, parsing and writing are
// cpp-httplib's; its sockets are not used. One for each thread.
class Exchange {
 public:
  // Called for POST /validate with a body of JSON.
  using Handler = std::function<HttpResponse(const HttpRequest& request)>;

  explicit Exchange(Handler handler);
  ~Exchange();

  // `close` is set if the response is the last on its connection; it says so then.
  [[nodiscard]] std::string Answer(std::string_view request, bool& close);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable::webhook
