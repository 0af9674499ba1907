#include "cel/type.h"

#include <cctype>

#include "cel/signature.h"

namespace restorable::cel {
namespace {

constexpr std::size_t kDeepest = 100;

bool IsNameChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

void SkipSpaces(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
}

bool TakeChar(std::string_view& text, char c) {
  SkipSpaces(text);
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::string_view FullName(std::string_view name) {
  if (name == "timestamp") return "google.protobuf.Timestamp";
  if (name == "duration") return "google.protobuf.Duration";
  return name;
}

std::optional<Type> TakeTypeWithin(std::string_view& text, std::size_t depth) {
  if (depth > kDeepest) return std::nullopt;
  SkipSpaces(text);
  std::size_t size = 0;
  while (size < text.size() && IsNameChar(text[size])) ++size;
  if (size == 0) return std::nullopt;
  // A variadic parameter's dots are not part of the type.
  if (const std::size_t dots = text.substr(0, size).find("..."); dots != std::string_view::npos) {
    size = dots;
  }
  Type type{std::string(FullName(text.substr(0, size))), {}};
  text.remove_prefix(size);
  if (!TakeChar(text, '(')) return type;
  do {
    std::optional<Type> argument = TakeTypeWithin(text, depth + 1);
    if (!argument) return std::nullopt;
    type.arguments.push_back(std::move(*argument));
  } while (TakeChar(text, ','));
  if (!TakeChar(text, ')')) return std::nullopt;
  return type;
}

}  // namespace

std::optional<Type> TakeType(std::string_view& text) { return TakeTypeWithin(text, 0); }

std::optional<Type> ParseType(std::string_view text) {
  std::optional<Type> type = TakeType(text);
  SkipSpaces(text);
  if (!text.empty()) return std::nullopt;
  return type;
}

std::string ToString(const Type& type) {
  std::string text = type.name;
  if (type.arguments.empty()) return text;
  text += '(';
  for (std::size_t i = 0; i < type.arguments.size(); ++i) {
    if (i > 0) text += ", ";
    text += ToString(type.arguments[i]);
  }
  return text + ')';
}

}  // namespace restorable::cel
