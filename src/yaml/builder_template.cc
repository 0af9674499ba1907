// The part of Builder that knows what the actions of a template do to the text around them.

#include <algorithm>

#include "yaml/builder.h"
#include "yaml/characters.h"

namespace restorable::yaml {

std::uint32_t Builder::ColumnOf(std::uint32_t offset) const {
  std::uint32_t begin = offset;
  while (begin > document_.begin && !StartsLine(text_, begin)) --begin;
  return offset - begin;
}

// The column that the content of a block scalar must lie behind; 0 stands for a scalar that is the
// whole document as well.
std::uint32_t Builder::ParentColumn() const {
  return frames_.empty() ? 0 : frames_.back().column + 1;
}

// What a scalar is that actions write, in whole or in part.
std::optional<Value> Builder::FilledScalar(const Event& event, Range range) {
  if (const Action* const action = mask_->FindOverlapping(range)) {
    return mask_->FilledBy(*action, context_.arena);
  }
  const bool is_block = event.style == ScalarStyle::kLiteral || event.style == ScalarStyle::kFolded;
  if (!is_block) return std::nullopt;
  // Lines at the end of a block scalar are empty once they are masked, and `|+` keeps those.
  const std::string_view header = text_.substr(range.begin, 3);
  const bool keeps = header.substr(0, header.find_first_of(" \r\n")).find('+') != header.npos;
  std::optional<Value> filled;
  const auto actions = mask_->actions();
  for (std::size_t i = mask_->FirstFrom(range.end);
       i < actions.size() && actions[i].range.begin < event.end; ++i) {
    if (actions[i].role == Action::Role::kNothing && !keeps) continue;
    if (actions[i].column < ParentColumn()) break;
    if (!filled) filled = mask_->FilledBy(actions[i], context_.arena);
    next_action_ = std::max(next_action_, i + 1);
  }
  return filled;
}

// Gives the lines that actions write before `until`, and that nothing has taken yet, to the
// containers that are open there.
void Builder::PlaceLines(std::uint32_t until) {
  const auto actions = mask_->actions();
  for (; next_action_ < actions.size() && actions[next_action_].range.begin < until;
       ++next_action_) {
    if (actions[next_action_].role == Action::Role::kLines) PlaceLines(actions[next_action_]);
  }
}

void Builder::PlaceLines(const Action& action) {
  const Value* const unknown = context_.arena.New<Value>(mask_->FilledBy(action, context_.arena));
  if (frames_.empty()) {
    if (!has_root_) pending_ = unknown;
    return;
  }
  for (std::size_t depth = frames_.size(); depth > 0; --depth) {
    Frame& frame = frames_[depth - 1];
    const bool is_innermost = depth == frames_.size();
    if (frame.is_flow || frame.column <= action.column || depth == 1) {
      return PlaceInTarget(frame, action, unknown, is_innermost);
    }
    // Lines of unknown indentation may belong to any container from here on.
    if (!action.has_indent) frame.rest = unknown;
  }
}

void Builder::PlaceInTarget(Frame& frame, const Action& action, const Value* unknown,
                            bool is_innermost) {
  const bool is_deeper = action.column > frame.column;
  if (!is_innermost || frame.is_flow) {
    frame.rest = unknown;
  } else if (!frame.is_map) {
    if (is_deeper && items_.size() > frame.first) {
      items_.back() = unknown->At(items_.back().range());
    } else {
      frame.rest = unknown;
    }
  } else if (frame.next != Frame::Next::kKey) {
    frame.pending = unknown;
    if (!is_deeper) frame.rest = unknown;
  } else {
    // Behind a key without a value, items of a list may stand as far left as the key.
    const bool has_last = entries_.size() > frame.first && !entries_.back().key.IsNull();
    if (has_last && (is_deeper || entries_.back().value.IsNull())) {
      Value& last = entries_.back().value;
      last = unknown->At(last.range());
    }
    if (!is_deeper) frame.rest = unknown;
  }
}

}  // namespace restorable::yaml
