#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace restorable::cel {

// A natural number below 2^256.
class Natural {
 public:
  constexpr Natural() = default;
  constexpr explicit Natural(std::uint64_t value) : limbs_{value, 0, 0, 0} {}

  [[nodiscard]] bool IsZero() const { return *this == Natural(); }
  // The value, if it fits.
  [[nodiscard]] std::optional<std::uint64_t> AsUint64() const;
  [[nodiscard]] std::string ToString() const;

  // False, and the number is of no use any more, when the result does not fit.
  [[nodiscard]] bool MultiplyAdd(std::uint64_t factor, std::uint64_t term);
  [[nodiscard]] bool Add(const Natural& other);
  // `other` is not larger.
  void Subtract(const Natural& other);
  // Gives the remainder.
  std::uint64_t Divide(std::uint64_t divisor);

  friend bool operator==(const Natural&, const Natural&) = default;
  friend std::strong_ordering operator<=>(const Natural& a, const Natural& b);

 private:
  std::array<std::uint64_t, 4> limbs_ = {};  // the lowest first
};

}  // namespace restorable::cel
