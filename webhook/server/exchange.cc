#include "webhook/exchange.h"

#include <algorithm>
#include <exception>

#include "base/text.h"
#include "webhook/responses.h"

namespace restorable::webhook {
namespace {

constexpr std::string_view kPath = "/validate";
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kEndOfHead = "\r\n\r\n";

struct Parts {
  std::string_view method;
  std::string_view path;
  std::string_view query;
  std::string_view content_type;
  std::string_view body;
};

// What comes before the separator, which is taken off as well; all of it without one.
std::string_view TakeUntil(std::string_view& text, std::string_view separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + separator.size(), text.size()));
  return taken;
}

// Intake has seen to it that all parts are there and well-formed.
Parts Read(std::string_view request) {
  Parts parts;
  std::string_view head = TakeUntil(request, kEndOfHead);
  parts.body = request;
  std::string_view line = TakeUntil(head, kLineEnd);
  parts.method = TakeUntil(line, " ");
  parts.query = TakeUntil(line, " ");
  parts.path = TakeUntil(parts.query, "?");
  while (!head.empty() && parts.content_type.empty()) {
    std::string_view value = TakeUntil(head, kLineEnd);
    const std::string_view name = TakeUntil(value, ":");
    if (EqualsIgnoringAsciiCase(name, "content-type")) parts.content_type = value;
  }
  return parts;
}

bool IsJson(std::string_view content_type) {
  std::string_view type = TakeUntil(content_type, ";");
  type.remove_prefix(std::min(type.find_first_not_of(" \t"), type.size()));
  type = type.substr(0, type.find_last_not_of(" \t") + 1);
  return EqualsIgnoringAsciiCase(type, "application/json");
}

// As it stands: whoever encodes the letters of a duration gets the longest time.
std::string_view Parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    std::string_view value = TakeUntil(query, "&");
    if (TakeUntil(value, "=") == name) return value;
  }
  return {};
}

}  // namespace

std::string Exchange::Answer(std::string_view request, bool close) const {
  const Parts parts = Read(request);
  if (parts.path != kPath) return PlainResponse(404, "reviews are posted to /validate", close);
  if (parts.method != "POST") return PlainResponse(405, "reviews are posted", close);
  if (!IsJson(parts.content_type)) {
    return PlainResponse(415, "reviews are application/json", close);
  }
  try {
    const HttpResponse response =
        handler_({.timeout = Parameter(parts.query, "timeout"), .body = parts.body});
    return response.status == 200 ? JsonResponse(response.body, close)
                                  : PlainResponse(response.status, response.body, close);
  } catch (const std::exception&) {
    return PlainResponse(500, "internal error", close);
  }
}

}  // namespace restorable::webhook
