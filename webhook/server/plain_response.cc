#include "webhook/plain_response.h"

#include <fmt/format.h>

namespace restorable::webhook {
namespace {

std::string_view Reason(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    default:
      return "Internal Server Error";
  }
}

}  // namespace

std::string PlainResponse(int status, std::string_view text, bool close) {
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: "
      "{}\r\n{}{}\r\n{}\n",
      status, Reason(status), text.size() + 1, status == 429 ? "Retry-After: 1\r\n" : "",
      close ? "Connection: close\r\n" : "", text);
}

}  // namespace restorable::webhook
