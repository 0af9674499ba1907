#include "cel/natural.h"

#include <algorithm>

namespace restorable::cel {
namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

std::optional<std::uint64_t> Natural::AsUint64() const {
  if (limbs_[1] != 0 || limbs_[2] != 0 || limbs_[3] != 0) return std::nullopt;
  return limbs_[0];
}

std::string Natural::ToString() const {
  std::string text;
  Natural rest = *this;
  do {
    text += static_cast<char>('0' + rest.Divide(10));
  } while (!rest.IsZero());
  std::ranges::reverse(text);
  return text;
}

bool Natural::MultiplyAdd(std::uint64_t factor, std::uint64_t term) {
  Wide carry = term;
  for (std::uint64_t& limb : limbs_) {
    carry += Wide{limb} * factor;
    limb = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return carry == 0;
}

bool Natural::Add(const Natural& other) {
  Wide carry = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    carry += Wide{limbs_[i]} + other.limbs_[i];
    limbs_[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return carry == 0;
}

void Natural::Subtract(const Natural& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    const Wide difference = Wide{limbs_[i]} - other.limbs_[i] - borrow;
    limbs_[i] = static_cast<std::uint64_t>(difference);
    borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
  }
}

std::uint64_t Natural::Divide(std::uint64_t divisor) {
  Wide rest = 0;
  for (std::size_t i = limbs_.size(); i-- > 0;) {
    rest = rest << 64 | limbs_[i];
    limbs_[i] = static_cast<std::uint64_t>(rest / divisor);
    rest %= divisor;
  }
  return static_cast<std::uint64_t>(rest);
}

std::strong_ordering operator<=>(const Natural& a, const Natural& b) {
  return std::lexicographical_compare_three_way(a.limbs_.rbegin(), a.limbs_.rend(),
                                                b.limbs_.rbegin(), b.limbs_.rend());
}

}  // namespace restorable::cel
