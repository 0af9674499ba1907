#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace restorable {

// Memory that is handed out piece by piece and given back all at once. Nothing in it is ever
// destroyed, so it holds trivially destructible objects only. Not thread-safe.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  [[nodiscard]] void* Allocate(std::size_t size, std::size_t align) {
    const std::size_t padding = -reinterpret_cast<std::uintptr_t>(next_) & (align - 1);
    if (padding + size > static_cast<std::size_t>(end_ - next_)) return AllocateSlow(size, align);
    std::byte* const at = next_ + padding;
    next_ = at + size;
    return at;
  }

  template <typename T, typename... Args>
  [[nodiscard]] T* New(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return ::new (Allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  // `count` value-initialized objects.
  template <typename T>
  [[nodiscard]] std::span<T> NewArray(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return {};
    T* const first = static_cast<T*>(Allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }

  template <typename T>
  [[nodiscard]] std::span<T> Copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    T* const first = static_cast<T*>(Allocate(items.size_bytes(), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), first);
    return {first, items.size()};
  }
  [[nodiscard]] std::string_view Copy(std::string_view text);

  // Frees all but the largest block: the next use of a similar size allocates nothing.
  void Reset();

  // Bytes taken from the system.
  [[nodiscard]] std::size_t reserved_bytes() const { return reserved_bytes_; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  void* AllocateSlow(std::size_t size, std::size_t align);

  std::vector<Block> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t reserved_bytes_ = 0;
};

}  // namespace restorable
