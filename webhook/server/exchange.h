#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace restorable::webhook {

// What a handler is asked, and what it says. Views live as long as the call.
struct HttpRequest {
  std::string_view timeout;  // of the query; empty without
  std::string_view body;
};
struct HttpResponse {
  int status = 200;
  std::string body;  // JSON if it is 200, else a sentence
};

// From the bytes of a whole request, as Intake gives them, to those of its response.
class Exchange {
 public:
  // Called for POST /validate with a body of JSON. What it throws becomes a 500.
  using Handler = std::function<HttpResponse(const HttpRequest& request)>;

  explicit Exchange(Handler handler) : handler_(std::move(handler)) {}

  // With `close`, it says that it is the last on its connection.
  [[nodiscard]] std::string Answer(std::string_view request, bool close) const;

 private:
  Handler handler_;
};

}  // namespace restorable::webhook
