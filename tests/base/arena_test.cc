#include "base/arena.h"

#include <cstdint>

namespace restorable {
namespace {

TEST(Arena, AlignsWhatItHandsOut) {
  Arena arena;
  (void)arena.Allocate(1, 1);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.Allocate(8, 64)) % 64, 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.New<std::uint64_t>(7U)) % 8, 0U);
}

TEST(Arena, KeepsEarlierPiecesWhileItGrows) {
  Arena arena;
  std::vector<std::string_view> copies;
  for (int i = 0; i < 5000; ++i) copies.push_back(arena.Copy(std::to_string(i)));
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(copies[i], std::to_string(i));
}

TEST(Arena, TakesPiecesLargerThanItsBlocks) {
  Arena arena;
  const auto numbers = arena.NewArray<std::uint32_t>(1 << 20);
  EXPECT_EQ(numbers.size(), std::size_t{1} << 20);
  EXPECT_EQ(numbers.back(), 0U);
}

TEST(Arena, ReusesItsLargestBlockAfterReset) {
  Arena arena;
  for (int i = 0; i < 1000; ++i) (void)arena.Allocate(100, 8);
  arena.Reset();
  const std::size_t reserved = arena.reserved_bytes();
  for (int i = 0; i < 100; ++i) (void)arena.Allocate(100, 8);
  EXPECT_EQ(arena.reserved_bytes(), reserved);
}

TEST(Arena, CopiesNothingForNothing) {
  Arena arena;
  EXPECT_TRUE(arena.Copy("").empty());
  EXPECT_TRUE(arena.NewArray<int>(0).empty());
  EXPECT_EQ(arena.reserved_bytes(), 0U);
}

}  // namespace
}  // namespace restorable
