#include "cluster/client.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "cluster/diagnostics.h"
#include "json/parse.h"

namespace restorable::cluster {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kLongestMessage = 500;

bool IsPassing(int status) {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

}  // namespace

Client::Client(const Access& access, ClientOptions options)
    : access_(access),
      options_(std::move(options)),
      connection_(access, options_.response_bytes),
      random_(std::random_device()()) {
  if (!options_.sleep) {
    options_.sleep = [](milliseconds pause) { std::this_thread::sleep_for(pause); };
  }
}

Result<Response> Client::Call(const Request& request, milliseconds patience) {
  milliseconds waited{0};
  for (int attempt = 0;; ++attempt) {
    const Result<std::string> token = ReadToken();
    if (!token) return Failure(token.error());
    auto response = connection_.Send(request, *token, options_.deadline);
    if (response && !IsPassing(response->status)) return std::move(*response);
    const bool is_final = !response && response.error().is_final;
    const milliseconds pause = Pause(attempt, response ? response->retry_after : "");
    const bool is_late =
        waited + pause > patience || std::chrono::steady_clock::now() > options_.deadline - pause;
    if (is_final || is_late) {
      if (response) return Failure(Refusal(request, *response));
      return Failure({&kUnreachable, {}, {NameOf(request), response.error().text}, {}});
    }
    options_.sleep(pause);
    waited += pause;
  }
}

Result<Response> Client::Require(const Request& request) {
  Result<Response> response = Call(request);
  if (!response) return response;
  if (response->is_cut) {
    return Failure(
        {&kTooLarge, {}, {NameOf(request), std::to_string(options_.response_bytes)}, {}});
  }
  if (response->status / 100 != 2) return Failure(Refusal(request, *response));
  return response;
}

milliseconds Client::Pause(int attempt, std::string_view retry_after) {
  int seconds = 0;
  const auto [end, error] =
      std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), seconds);
  if (error == std::errc() && seconds >= 0) {
    return std::min<milliseconds>(std::chrono::seconds(seconds), options_.longest_pause);
  }
  const milliseconds longest =
      std::min(options_.first_pause * (1 << std::min(attempt, 16)), options_.longest_pause);
  std::uniform_int_distribution<milliseconds::rep> pick(longest.count() / 2, longest.count());
  return milliseconds(pick(random_));
}

Result<std::string> Client::ReadToken() const {
  if (access_.token_file.empty()) return std::string();
  std::ifstream stream(access_.token_file, std::ios::binary);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf())) {
    return Failure({&kNoToken, {}, {access_.token_file, std::strerror(errno)}, {}});
  }
  std::string token = std::move(text).str();
  token.erase(token.find_last_not_of(" \t\r\n") + 1);
  // It goes into a header.
  if (token.find_first_of("\r\n") != std::string::npos) {
    return Failure({&kNoToken, {}, {access_.token_file, "it is more than one line"}, {}});
  }
  return token;
}

std::string NameOf(const Request& request) {
  return std::string(request.method) + " " + request.path.substr(0, request.path.find('?'));
}

std::string StatusMessage(const Response& response) {
  const SourceFile file(FileId(0), "answer", response.body);
  Arena arena;
  const json::ParseResult parsed = json::Parse(file, arena, Limits{});
  const Value* const message = parsed.root.Find("message");
  std::string text =
      message != nullptr && message->IsString() ? std::string(message->AsString()) : response.body;
  if (text.size() > kLongestMessage) text = text.substr(0, kLongestMessage) + "…";
  return text;
}

Diagnostic Refusal(const Request& request, const Response& response) {
  return {&kRefused,
          {},
          {NameOf(request), std::to_string(response.status), StatusMessage(response)},
          {}};
}

}  // namespace restorable::cluster
