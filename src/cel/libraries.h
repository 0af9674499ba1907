#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "cel/builtin.h"

// The rows of the libraries that AllLibraries() lists, and what their bodies share.
namespace restorable::cel {

[[nodiscard]] std::span<const Builtin> StringFunctions();
[[nodiscard]] std::span<const Builtin> StringFormatFunctions();
[[nodiscard]] std::span<const Builtin> StringReverseFunctions();
[[nodiscard]] std::span<const Builtin> ListFunctions();
[[nodiscard]] std::span<const Builtin> ListIncludesFunctions();
[[nodiscard]] std::span<const Builtin> ExtendedListFunctions();
[[nodiscard]] std::span<const Builtin> SetFunctions();
[[nodiscard]] std::span<const Builtin> RegexFunctions();
[[nodiscard]] std::span<const Builtin> ExtendedRegexFunctions();
[[nodiscard]] std::span<const Builtin> OptionalFunctions();
[[nodiscard]] std::span<const Builtin> QuantityFunctions();
[[nodiscard]] std::span<const Builtin> QuantityArithmeticFunctions();
[[nodiscard]] std::span<const Builtin> SemverFunctions();
[[nodiscard]] std::span<const Builtin> NetworkFunctions();
[[nodiscard]] std::span<const Builtin> UrlFunctions();
[[nodiscard]] std::span<const Builtin> FormatFunctions();
[[nodiscard]] std::span<const Builtin> MathFunctions();
[[nodiscard]] std::span<const Builtin> EncoderFunctions();
[[nodiscard]] std::span<const Builtin> AuthorizerFunctions();

// What one call may make: a short call can ask for a string that no memory holds.
inline constexpr std::size_t kMostResultBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMostResultItems = 1'000'000;

// The error for more than that, which no operator absorbs.
[[nodiscard]] Value ResultTooLarge(CallContext& call);

// `text` in backticks, shortened if it is long: what an error message quotes.
[[nodiscard]] std::string Quoted(std::string_view text);

// Values of an opaque type `T`, which is trivially destructible and lives in the arena.
template <typename T>
[[nodiscard]] Value MakeOpaque(Arena& arena, const OpaqueType& type, const T& data) {
  return Value::Opaque(arena, type, arena.New<T>(data));
}
template <typename T>
[[nodiscard]] const T& OpaqueData(Value value) {
  return *static_cast<const T*>(value.AsOpaque().data);
}

}  // namespace restorable::cel
