#include "webhook/responses.h"

#include <fmt/format.h>

namespace restorable::webhook {
namespace {

std::string_view Reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
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

std::string Response(int status, std::string_view content_type, std::string_view headers,
                     std::string_view body, bool close) {
  return fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}{}\r\n{}",
                     status, Reason(status), content_type, body.size(), headers,
                     close ? "Connection: close\r\n" : "", body);
}

}  // namespace

std::string PlainResponse(int status, std::string_view text, bool close) {
  const std::string_view headers = status == 429   ? "Retry-After: 1\r\n"
                                   : status == 405 ? "Allow: POST\r\n"
                                                   : "";
  return Response(status, "text/plain;charset=utf-8", headers, std::string(text) + '\n', close);
}

std::string JsonResponse(std::string_view body, bool close) {
  return Response(200, "application/json", "", body, close);
}

}  // namespace restorable::webhook
