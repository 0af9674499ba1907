#include "arm/unique_string.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace restorable::arm {
namespace {

constexpr std::uint32_t kFirst = 0x239B961B;
constexpr std::uint32_t kSecond = 0xAB0E9789;

// Up to four bytes from `at`, the first the lowest.
std::uint32_t Word(std::string_view text, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 4 && at + i < text.size(); ++i) {
    word |= std::uint32_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
  }
  return word;
}

std::uint32_t MixedFirst(std::uint32_t word) { return std::rotl(word * kFirst, 15) * kSecond; }
std::uint32_t MixedSecond(std::uint32_t word) { return std::rotl(word * kSecond, 17) * kFirst; }

std::uint32_t Finished(std::uint32_t hash) {
  hash = (hash ^ hash >> 16) * 0x85EBCA6B;
  hash = (hash ^ hash >> 13) * 0xC2B2AE35;
  return hash ^ hash >> 16;
}

std::uint64_t Hash(std::string_view text) {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    a = (std::rotl(a ^ MixedFirst(Word(text, at)), 19) + b) * 5 + 0x561CCD1B;
    b = (std::rotl(b ^ MixedSecond(Word(text, at + 4)), 13) + a) * 5 + 0x0BCAA747;
  }
  a ^= MixedFirst(Word(text, at));
  b ^= MixedSecond(Word(text, at + 4));
  const auto length = static_cast<std::uint32_t>(text.size());
  a ^= length;
  b ^= length;
  a += b;
  b += a;
  a = Finished(a);
  b = Finished(b);
  a += b;
  b += a;
  return std::uint64_t{b} << 32 | a;
}

}  // namespace

std::string UniqueStringOf(std::string_view text) {
  constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz234567";
  constexpr int kLength = 13;
  std::uint64_t hash = Hash(text);
  std::string out;
  for (int i = 0; i < kLength; ++i) {
    out += kDigits[hash >> 59];
    hash <<= 5;
  }
  return out;
}

}  // namespace restorable::arm
