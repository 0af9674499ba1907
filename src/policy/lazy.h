#pragma once

#include <mutex>
#include <optional>

namespace restorable::policy {

// Something that is made when it is first needed, by whichever thread that is.
template <typename T>
class Lazy {
 public:
  template <typename Make>
  const T& Get(Make make) const {
    std::call_once(once_, [&] { value_.emplace(make()); });
    return *value_;
  }

 private:
  mutable std::once_flag once_;
  mutable std::optional<T> value_;
};

}  // namespace restorable::policy
