#include "cel/signature.h"

#include <algorithm>

namespace restorable::cel {
namespace {

constexpr std::string_view kScalars[] = {"bool",  "int",       "uint",    "double",    "string",
                                         "bytes", "dyn",       "type",    "null_type", "list",
                                         "map",   "timestamp", "duration"};

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// Whether what stands before the last dot of a name is a receiver's type.
bool NamesType(std::string_view prefix) {
  if (prefix.ends_with(')')) return true;
  if (std::ranges::find(kScalars, prefix) != std::end(kScalars)) return true;
  const std::size_t dot = prefix.rfind('.');
  return IsUpper(prefix[dot == std::string_view::npos ? 0 : dot + 1]);
}

// Where the parameters open: the first parenthesis that follows a name and is not a type's.
std::size_t FindParameters(std::string_view text) {
  // The result follows "->", so the parameters close before it.
  const std::size_t close = text.rfind(')', text.find("->"));
  int depth = 0;
  for (std::size_t i = close + 1; i-- > 0;) {
    if (text[i] == ')') ++depth;
    if (text[i] == '(' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool ParseParameters(std::string_view text, Signature& signature) {
  while (!Trim(text).empty()) {
    std::optional<Type> type = TakeType(text);
    if (!type) return false;
    signature.parameters.push_back(std::move(*type));
    text = Trim(text);
    if (text == "...") {
      signature.variadic = true;
      return true;
    }
    if (text.empty()) return true;
    if (!text.starts_with(',')) return false;
    text.remove_prefix(1);
  }
  return true;
}

}  // namespace

std::optional<Signature> ParseSignature(std::string_view text) {
  Signature signature;
  const std::size_t arrow = text.find("->");
  if (arrow == std::string_view::npos) return std::nullopt;
  const std::size_t open = FindParameters(text);
  if (open == std::string_view::npos) return std::nullopt;
  std::string_view name = Trim(text.substr(0, open));
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && dot > 0 && NamesType(name.substr(0, dot))) {
    std::optional<Type> receiver = ParseType(name.substr(0, dot));
    if (!receiver) return std::nullopt;
    signature.member = true;
    signature.parameters.push_back(std::move(*receiver));
    name.remove_prefix(dot + 1);
  }
  if (name.empty()) return std::nullopt;
  signature.name = name;
  const std::size_t close = text.rfind(')', arrow);
  if (!ParseParameters(text.substr(open + 1, close - open - 1), signature)) return std::nullopt;
  std::optional<Type> result = ParseType(text.substr(arrow + 2));
  if (!result) return std::nullopt;
  signature.result = std::move(*result);
  return signature;
}

}  // namespace restorable::cel
