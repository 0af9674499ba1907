#include "cel/libraries.h"

#include <fmt/format.h>

#include "cel/code_points.h"
#include "cel/environment.h"

namespace restorable::cel {

std::span<const Library> AllLibraries() {
  // Name, rows, and the first Kubernetes 1.N that has them; -1: none has.
  static const Library libraries[] = {
      {"strings", StringFunctions(), 0},
      {"strings.format", StringFormatFunctions(), 29},
      {"strings.reverse", StringReverseFunctions(), -1},
      {"lists", ListFunctions(), 0},
      {"lists.includes", ListIncludesFunctions(), 37},
      {"lists.extended", ExtendedListFunctions(), 34},
      {"sets", SetFunctions(), 29},
      {"regex", RegexFunctions(), 0},
      {"regex.extended", ExtendedRegexFunctions(), -1},
      {"optionals", OptionalFunctions(), 28},
      {"quantity", QuantityFunctions(), 28},
      {"quantity.arithmetic", QuantityArithmeticFunctions(), -1},
      {"semver", SemverFunctions(), 33},
      {"network", NetworkFunctions(), 30},
      {"url", UrlFunctions(), 0},
      {"format", FormatFunctions(), 31},
      {"math", MathFunctions(), -1},
      {"encoders", EncoderFunctions(), -1},
      {"authorizer", AuthorizerFunctions(), 27},
  };
  return libraries;
}

Value ResultTooLarge(CallContext& call) {
  return Value::Error(call.arena(), "the result would be too large", {}, /*absolute=*/true);
}

std::string Quoted(std::string_view text) {
  constexpr std::int64_t kMostCodePoints = 64;
  const std::size_t end = ByteOffset(text, kMostCodePoints).value_or(text.size());
  return fmt::format("`{}{}`", text.substr(0, end), end < text.size() ? "…" : "");
}

}  // namespace restorable::cel
