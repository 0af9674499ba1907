#include "base/arena.h"

#include <algorithm>
#include <cstring>

namespace restorable {
namespace {

constexpr std::size_t kFirstBlock = 4096;
constexpr std::size_t kLargestStep = std::size_t{1} << 20;

}  // namespace

void* Arena::AllocateSlow(std::size_t size, std::size_t align) {
  const std::size_t step = std::clamp(reserved_bytes_, kFirstBlock, kLargestStep);
  const std::size_t block = std::max(step, size + align);
  // Not make_unique: the bytes need no zeroes.
  blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[block]), block});
  reserved_bytes_ += block;
  next_ = blocks_.back().bytes.get();
  end_ = next_ + block;
  return Allocate(size, align);
}

std::string_view Arena::Copy(std::string_view text) {
  if (text.empty()) return {};
  char* const first = static_cast<char*>(Allocate(text.size(), 1));
  std::memcpy(first, text.data(), text.size());
  return {first, text.size()};
}

void Arena::Reset() {
  if (blocks_.empty()) return;
  const auto largest =
      std::max_element(blocks_.begin(), blocks_.end(),
                       [](const Block& a, const Block& b) { return a.size < b.size; });
  std::iter_swap(blocks_.begin(), largest);
  blocks_.resize(1);
  reserved_bytes_ = blocks_.front().size;
  next_ = blocks_.front().bytes.get();
  end_ = next_ + reserved_bytes_;
}

}  // namespace restorable
