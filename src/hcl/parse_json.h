#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/limits.h"
#include "base/source.h"
#include "hcl/parse.h"

namespace restorable::hcl {

// What tells the blocks of JSON syntax from its arguments, which look alike.
struct BlockShape {
  std::string_view type;
  std::uint32_t labels = 0;
  std::span<const BlockShape> blocks = {};  // those that may stand in it
};

// HCL's JSON syntax: objects nest by block type and label, a list stands for repeated blocks,
// strings are templates, and what is called "//" is a comment. A property that no shape names is an
// argument. Gives the tree that the native syntax would.
[[nodiscard]] ParseResult ParseJson(const SourceFile& file, std::span<const BlockShape> shapes,
                                    const Limits& limits);

}  // namespace restorable::hcl
