#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace restorable::yaml {

// From libyaml's marks, which count code points, to byte offsets. In ASCII,
// which nearly all documents are, the two are the same.
class Positions {
public:
  explicit Positions(std::string_view text);

  [[nodiscard]] std::uint32_t Offset(std::size_t code_point) const {
    return is_ascii_ ? static_cast<std::uint32_t>(code_point)
                     : Search(code_point);
  }

private:
  static constexpr std::size_t kStep = 64;

  [[nodiscard]] std::uint32_t Search(std::size_t code_point) const;

  std::string_view text_;
  bool is_ascii_ = true;
  std::vector<std::uint32_t>
      every_step_; // the offset of each kStep-th code point
};

} // namespace restorable::yaml
