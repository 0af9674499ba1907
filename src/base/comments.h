#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/range.h"
#include "base/source.h"

// Comments that speak of the code beside them, in languages whose files are items within items:
// HCL's arguments and blocks, Bicep's declarations and properties.
namespace restorable {

struct Comment {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // before the line end
};

// A comment that contains a marker, and the text that it speaks of.
struct MarkedComment {
  Range comment;
  // Behind code on its line: the item that begins on this line, else the line. On a line of its
  // own: the item that comes next among the same brackets; within an item, the next line of it.
  // Empty if nothing follows.
  Range scope;
};

// The comments of a file that contain `marker`, in the order of the text, of which `comments` are
// all. `items` come by their begin, an outer one before those in it.
[[nodiscard]] std::vector<MarkedComment> FindMarkedComments(const SourceFile& file,
                                                            std::span<const Comment> comments,
                                                            std::span<const Range> items,
                                                            std::string_view marker);
// Brings items into that order.
void SortItems(std::vector<Range>& items);

}  // namespace restorable
