#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cel/natural.h"

namespace restorable::cel {

// A Kubernetes quantity: an exact decimal number with up to nine digits after the point and, about,
// up to 67 before it.
class Quantity {
 public:
  // "500m", "1.5Gi", "2e3", "-.1": a number with optional sign and fraction and one of the suffixes
  // n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an exponent. Digits beyond the ninth after the point
  // round away from zero; with a suffix of powers of two nothing is above 2^63-1.
  // Nothing for other text, or when the number does not fit.
  // Source: Kubernetes API reference, "Quantity".
  [[nodiscard]] static std::optional<Quantity> Parse(std::string_view text);
  [[nodiscard]] static Quantity OfInt(std::int64_t value);

  // The value, if it is an integer that fits.
  [[nodiscard]] std::optional<std::int64_t> AsInt() const;
  [[nodiscard]] double AsDouble() const;
  [[nodiscard]] int Sign() const;
  // A decimal number without suffix: "1610612736", "0.5".
  [[nodiscard]] std::string ToString() const;

  [[nodiscard]] Quantity Negated() const { return {!negative_, nanos_}; }
  // Nothing when the result does not fit.
  [[nodiscard]] std::optional<Quantity> Plus(const Quantity& other) const;
  [[nodiscard]] std::optional<Quantity> Times(std::int64_t factor) const;
  // The quotient with `decimals` (0 to 9) digits after the point. `divisor` is not 0.
  enum class Rounding { kTowardZero, kHalfAwayFromZero };
  [[nodiscard]] std::optional<Quantity> DividedBy(std::int64_t divisor, int decimals,
                                                  Rounding rounding) const;

  friend bool operator==(const Quantity&, const Quantity&) = default;
  friend std::strong_ordering operator<=>(const Quantity& a, const Quantity& b);

 private:
  Quantity(bool negative, const Natural& nanos)
      : negative_(negative && !nanos.IsZero()), nanos_(nanos) {}

  bool negative_ = false;  // zero is not
  Natural nanos_;          // of the magnitude
};

}  // namespace restorable::cel
