#include "yaml/mask.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "yaml/action.h"
#include "yaml/characters.h"

namespace restorable::yaml {
namespace {

constexpr char kFiller = 'x';

std::uint32_t Narrow(std::size_t offset) { return static_cast<std::uint32_t>(offset); }

bool AllBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), IsBlank); }

std::size_t LineBegin(std::string_view text, std::size_t offset) {
  while (!StartsLine(text, offset)) --offset;
  return offset;
}

}  // namespace

Mask::Mask(FileId file, std::string_view text) : source_(text), text_(text) {
  FindActions(file);
  for (std::size_t i = 0; i < actions_.size();) i = MaskLines(i);
  FindBlocks();
}

std::string_view Mask::TextOf(const Action& action) const {
  return source_.substr(action.range.begin, action.range.size());
}

Value Mask::FilledBy(const Action& action, Arena& arena) const {
  constexpr std::size_t kMost = 100;
  const std::string_view text = TruncateUtf8(TextOf(action), kMost);
  return Value::Unknown(arena, {UnknownReason::kTemplate, text, action.range});
}

void Mask::FindActions(FileId file) {
  for (std::size_t at = source_.find("{{"); at != std::string_view::npos;) {
    const std::optional<std::size_t> end = FindActionEnd(source_, at);
    if (!end) break;
    actions_.push_back({.range = {file, Narrow(at), Narrow(*end)}});
    at = source_.find("{{", *end);
  }
}

// Masks all actions that share lines with number `first`; one over several lines makes one line of
// them. Gives the number of the next action.
std::size_t Mask::MaskLines(std::size_t first) {
  const std::size_t begin = LineBegin(source_, actions_[first].range.begin);
  std::size_t end = LineEnd(source_, actions_[first].range.end);
  std::size_t last = first + 1;
  bool is_alone = AllBlank(source_.substr(begin, actions_[first].range.begin - begin));
  for (; last < actions_.size() && actions_[last].range.begin < end; ++last) {
    const std::uint32_t gap = actions_[last - 1].range.end;
    is_alone = is_alone && AllBlank(source_.substr(gap, actions_[last].range.begin - gap));
    if (actions_[last].range.end > end) end = LineEnd(source_, actions_[last].range.end);
  }
  const std::uint32_t rest = actions_[last - 1].range.end;
  const bool is_at_end = AllBlank(source_.substr(rest, end - rest));
  for (std::size_t i = first; i < last; ++i) {
    SetRole(actions_[i], begin, is_alone && is_at_end, is_at_end && i + 1 == last);
    Cover(actions_[i].range, actions_[i].role == Action::Role::kText ? kFiller : ' ');
  }
  // Empty lines: behind a block scalar, blanks would be part of its text.
  if (is_alone && is_at_end) Cover({FileId::kNone, Narrow(begin), Narrow(end)}, '\n');
  return last;
}

// `line`: where its line begins. `is_last`: nothing follows on the line.
void Mask::SetRole(Action& action, std::size_t line, bool is_alone, bool is_last) {
  const ActionText content(TextOf(action));
  const std::optional<std::uint32_t> indent = content.Indent();
  // `labels: {{ toYaml . | nindent 4 }}` writes nothing on its own line.
  const bool leaves_line = is_last && indent && content.BreaksLine();
  if ((is_alone || content.IsComment()) && content.WritesNothing()) {
    action.role = Action::Role::kNothing;
  } else if (is_alone || leaves_line) {
    action.role = Action::Role::kLines;
    action.has_indent = indent.has_value();
    action.column = indent.value_or(Narrow(action.range.begin - line));
  }
}

void Mask::Cover(Range range, char cover) {
  std::fill(text_.begin() + range.begin, text_.begin() + range.end, cover);
}

void Mask::FindBlocks() {
  // Blocks deeper than this are within one that is listed.
  constexpr std::size_t kDeepest = 64;
  constexpr std::size_t kUnlisted = std::size_t(-1);
  std::vector<std::size_t> open;  // numbers of blocks_
  for (const Action& action : actions_) {
    const ActionText content(TextOf(action));
    if (content.OpensBlock()) {
      open.push_back(open.size() < kDeepest ? blocks_.size() : kUnlisted);
      // Open ended until its end is found.
      if (open.back() != kUnlisted)
        blocks_.push_back({action.range.file, action.range.begin, Narrow(source_.size())});
    } else if (content.ClosesBlock() && !open.empty()) {
      if (open.back() != kUnlisted) blocks_[open.back()].end = action.range.end;
      open.pop_back();
    }
  }
}

const Action* Mask::FindOverlapping(Range range) const {
  const auto found =
      std::partition_point(actions_.begin(), actions_.end(),
                           [&](const Action& action) { return action.range.end <= range.begin; });
  return found != actions_.end() && found->range.begin < range.end ? &*found : nullptr;
}

std::size_t Mask::FirstFrom(std::uint32_t offset) const {
  const auto found =
      std::partition_point(actions_.begin(), actions_.end(),
                           [&](const Action& action) { return action.range.begin < offset; });
  return static_cast<std::size_t>(found - actions_.begin());
}

}  // namespace restorable::yaml
