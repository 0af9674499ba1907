#include "yaml/build.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "value/hash.h"
#include "yaml/diagnostics.h"
#include "yaml/events.h"
#include "yaml/scalar.h"

namespace restorable::yaml {
namespace {

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return HashKey(key); }
};

constexpr std::string_view kMergeTag = "tag:yaml.org,2002:merge";

// How much a value is when its aliases are followed: both grow where the text
// does not.
struct Extent {
  std::uint32_t size = 1;   // values in it, itself included
  std::uint32_t height = 1; // containers on the longest way down, plus one

  void Add(const Extent &child) {
    constexpr std::uint32_t kMost = 1U << 30;
    size = std::min(kMost, size + std::min(kMost, child.size));
    height = std::max(height, child.height + 1);
  }
};

struct Node {
  Value value;
  Extent extent;
};

// A key or value of a map that is still being read.
struct Entry {
  Value key; // a string
  Value value;
  bool merged = false; // came through <<
};

struct Frame {
  // What the next node of a map is.
  enum class Next : std::uint8_t { kKey, kValue, kMerge, kDropped };

  bool is_map = false;
  bool flow = false;
  bool open = false; // template lines may add entries
  Next next = Next::kKey;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;    // of the last child
  std::uint32_t column = 0; // of the begin, in bytes
  std::size_t first = 0;    // of its entries or items
  Value key;                // of the value that comes next
  Extent extent;
  std::string anchor;
};

class Builder {
public:
  Builder(const BuildContext &context, Range range, const MaskedText *mask,
          BuildResult &result)
      : context_(context), mask_(mask),
        text_(mask == nullptr ? context.file.text()
                              : std::string_view(mask->text)),
        reader_(text_.substr(range.begin, range.size()), range),
        result_(result) {
    if (mask_ != nullptr) {
      const auto &actions = mask_->actions;
      next_action_ = static_cast<std::size_t>(
          std::lower_bound(actions.begin(), actions.end(), range.begin,
                           [](const Action &a, std::uint32_t at) {
                             return a.range.begin < at;
                           }) -
          actions.begin());
    }
  }

  void Run() {
    while (true) {
      const Event &event = reader_.Next();
      if (event.kind == EventKind::kEnd)
        break;
      if (event.kind == EventKind::kFailed) {
        result_.diagnostics.push_back(reader_.failure());
        return;
      }
      if (mask_ != nullptr)
        ApplyLines(event.range.begin);
      if (!Handle(event))
        return;
    }
    result_.ok = true;
  }

private:
  bool Handle(const Event &event) {
    switch (event.kind) {
    case EventKind::kScalar:
      return Scalar(event);
    case EventKind::kAlias:
      return Alias(event);
    case EventKind::kSequenceStart:
    case EventKind::kMappingStart:
      return OpenFrame(event);
    case EventKind::kSequenceEnd:
    case EventKind::kMappingEnd:
      return CloseFrame(event);
    case EventKind::kDocumentStart:
    case EventKind::kEnd:
    case EventKind::kFailed:
      return true;
    }
    return true;
  }

  bool Fail(const DiagnosticKind &kind, Range range,
            std::vector<std::string> args = {}) {
    result_.diagnostics.push_back({&kind, range, std::move(args), {}});
    return false;
  }

  void Warn(const DiagnosticKind &kind, Range range,
            std::vector<std::string> args, std::vector<Note> notes = {}) {
    // Branches of a template say the same thing twice without meaning it.
    if (mask_ != nullptr)
      return;
    result_.diagnostics.push_back(
        {&kind, range, std::move(args), std::move(notes)});
  }

  bool CountNode(Range range) {
    if (++nodes_ <= context_.limits.document_nodes)
      return true;
    return Fail(kTooManyNodes, range,
                {std::to_string(context_.limits.document_nodes)});
  }

  // ---- scalars

  // The node without the tag and the anchor in front of it.
  Range ContentRange(const Event &event) const {
    Range range = event.range;
    if (event.anchor.empty() && event.tag.empty())
      return range;
    while (range.begin < range.end) {
      const char c = text_[range.begin];
      if (c == '!' || c == '&') {
        const std::size_t end = text_.find_first_of(" \t\r\n", range.begin);
        range.begin =
            static_cast<std::uint32_t>(std::min<std::size_t>(end, range.end));
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++range.begin;
      } else {
        break;
      }
    }
    return range;
  }

  Range ScalarRange(const Event &event) const {
    Range range = ContentRange(event);
    if (event.style == ScalarStyle::kLiteral ||
        event.style == ScalarStyle::kFolded) {
      // libyaml goes on to the next content.
      while (range.end > range.begin &&
             std::string_view(" \t\r\n").find(text_[range.end - 1]) !=
                 std::string_view::npos) {
        --range.end;
      }
    }
    return range;
  }

  // The decoded text: a view into the source where that has the same bytes.
  std::string_view Keep(const Event &event, Range range) {
    const std::uint32_t quote = event.style == ScalarStyle::kPlain ? 0 : 1;
    const std::string_view source = context_.file.text();
    if (source.substr(range.begin + quote).starts_with(event.text)) {
      return source.substr(range.begin + quote, event.text.size());
    }
    return context_.arena.Copy(event.text);
  }

  bool Scalar(const Event &event) {
    const Range range = ScalarRange(event);
    if (!CountNode(range))
      return false;
    if (mask_ != nullptr) {
      if (const Action *const action = FindAction(mask_->actions, range)) {
        return Attach({FilledIn(*action).At(range), {}}, event.anchor);
      }
    }
    const bool plain = event.style == ScalarStyle::kPlain;
    if (ExpectsKey())
      return Key(event, range, plain);
    Value value;
    if (!event.tag.empty() && event.tag != "!") {
      const auto tagged =
          ResolveTagged(event.tag, Keep(event, range), plain, context_.arena);
      if (!tagged)
        return BadTag(event, range);
      value = *tagged;
    } else if (plain && event.tag.empty()) {
      value = ResolvePlain(Keep(event, range));
    } else {
      value = Value::String(Keep(event, range));
    }
    if (value.Is(Kind::kDouble) && !std::isfinite(value.AsDouble())) {
      return Fail(kNoJsonForm, range, {std::string(event.text)});
    }
    return Attach({value.At(range), {}}, event.anchor);
  }

  bool BadTag(const Event &event, Range range) {
    return Fail(kBadTag, range,
                {std::string(event.text), std::string(event.tag)});
  }

  Value FilledIn(const Action &action) {
    const std::string_view text =
        context_.file.text().substr(action.range.begin, action.range.size());
    return Value::Unknown(context_.arena,
                          {UnknownReason::kTemplate, text, action.range});
  }

  // ---- keys

  bool ExpectsKey() const {
    return !frames_.empty() && frames_.back().is_map &&
           frames_.back().next == Frame::Next::kKey;
  }

  bool Key(const Event &event, Range range, bool plain) {
    const std::string_view text = Keep(event, range);
    Frame &frame = frames_.back();
    if ((plain && event.tag.empty() && text == "<<") ||
        event.tag == kMergeTag) {
      frame.next = Frame::Next::kMerge;
      return true;
    }
    Value key = Value::String(text);
    if (plain && event.tag.empty()) {
      key = ResolvePlainKey(text);
    } else if (!event.tag.empty() && event.tag != "!") {
      const auto tagged = ResolveTagged(event.tag, text, plain, context_.arena);
      if (!tagged)
        return BadTag(event, range);
      key = *tagged;
    }
    if (key.Is(Kind::kBool)) {
      Warn(kBoolKey, range,
           {std::string(text), key.AsBool() ? "true" : "false"});
    }
    if (!event.anchor.empty())
      anchors_[std::string(event.anchor)] = {key.At(range), {}};
    return SetKey(key.At(range));
  }

  bool SetKey(Value key) {
    const auto text = KeyString(key, context_.arena);
    if (!text)
      return Fail(kBadKey, key.range(), {std::string(TypeName(key))});
    Frame &frame = frames_.back();
    frame.next = Frame::Next::kValue;
    frame.key = Value::String(*text).At(key.range()).Via(key.via());
    return true;
  }

  // ---- containers

  std::uint32_t ColumnOf(std::uint32_t offset) const {
    const std::size_t newline =
        offset == 0 ? text_.npos : text_.rfind('\n', offset - 1);
    return offset -
           static_cast<std::uint32_t>(newline == text_.npos ? 0 : newline + 1);
  }

  bool OpenFrame(const Event &event) {
    const Range range = ContentRange(event);
    if (!CountNode(range))
      return false;
    if (ExpectsKey())
      return BadContainerKey(event, range);
    if (frames_.size() >= context_.limits.nesting) {
      return Fail(kTooDeep, range, {std::to_string(context_.limits.nesting)});
    }
    if (event.flow && ++flow_depth_ > context_.limits.flow_nesting) {
      return Fail(kFlowTooDeep, range,
                  {std::to_string(context_.limits.flow_nesting)});
    }
    Frame frame;
    frame.is_map = event.kind == EventKind::kMappingStart;
    frame.flow = event.flow;
    frame.begin = range.begin;
    frame.end = range.begin + (event.flow ? 1 : 0);
    if (mask_ != nullptr)
      frame.column = ColumnOf(range.begin);
    frame.first = frame.is_map ? entries_.size() : items_.size();
    frame.anchor = event.anchor;
    frames_.push_back(std::move(frame));
    return true;
  }

  bool BadContainerKey(const Event &event, Range range) {
    return Fail(kBadKey, range,
                {event.kind == EventKind::kMappingStart ? "map" : "list"});
  }

  bool CloseFrame(const Event &event) {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.flow) {
      --flow_depth_;
      frame.end = event.range.end;
    }
    const Range range{context_.file.id(), frame.begin,
                      std::max(frame.begin, frame.end)};
    const Value value = frame.is_map ? CloseMap(frame) : CloseList(frame);
    return Attach({value.At(range), frame.extent}, frame.anchor);
  }

  Value CloseList(const Frame &frame) {
    const auto items = std::span<const Value>(items_).subspan(frame.first);
    const Value value = Value::List(context_.arena.Copy(items));
    items_.resize(frame.first);
    return value;
  }

  Value CloseMap(const Frame &frame) {
    KeepLastOfEach(frame.first);
    scratch_.clear();
    for (std::size_t i = frame.first; i < entries_.size(); ++i) {
      const Entry &entry = entries_[i];
      if (context_.options.drop_null_entries && entry.value.IsNull())
        continue;
      scratch_.push_back({entry.key, entry.value});
    }
    entries_.resize(frame.first);
    const auto kept = context_.arena.Copy(std::span<const MapEntry>(scratch_));
    if (!frame.open)
      return Value::Map(context_.arena, kept);
    return Value::OpenMap(context_.arena, kept, open_rest_);
  }

  // ---- duplicates: the last one in the order of the text counts, as in
  // Kubernetes' lax reader

  void KeepLastOfEach(std::size_t first) {
    constexpr std::size_t kCompareAll = 8;
    const std::size_t count = entries_.size() - first;
    if (count < 2)
      return;
    std::size_t kept = first;
    std::unordered_map<std::string_view, std::size_t, KeyHash> seen;
    if (count > kCompareAll)
      seen.reserve(count);
    for (std::size_t i = first; i < entries_.size(); ++i) {
      const std::string_view key = entries_[i].key.AsString();
      std::size_t earlier = kept;
      if (count <= kCompareAll) {
        for (std::size_t j = first; j < kept && earlier == kept; ++j) {
          if (entries_[j].key.AsString() == key)
            earlier = j;
        }
      } else {
        earlier = seen.try_emplace(key, kept).first->second;
      }
      if (earlier == kept) {
        entries_[kept++] = entries_[i];
      } else {
        Supersede(entries_[earlier], entries_[i]);
      }
    }
    entries_.resize(kept);
  }

  void Supersede(Entry &earlier, const Entry &later) {
    const std::string key(later.key.AsString());
    if (!earlier.merged && !later.merged) {
      Warn(kDuplicateKey, later.key.range(), {key},
           {{earlier.key.range(), "first here"}});
    } else if (!earlier.merged) {
      Warn(kMergeOverrides, earlier.key.range(), {key},
           {{later.key.range(), "merged from here"}});
    }
    earlier = later;
  }

  // ---- aliases and merges

  bool Alias(const Event &event) {
    if (!CountNode(event.range))
      return false;
    const std::string name(event.anchor);
    const auto is_open = [&](const Frame &frame) {
      return frame.anchor == name;
    };
    if (std::any_of(frames_.begin(), frames_.end(), is_open)) {
      return Fail(kAliasLoop, event.range, {name});
    }
    const auto found = anchors_.find(name);
    if (found == anchors_.end())
      return Fail(kUnknownAnchor, event.range, {name});
    Node node = found->second;
    alias_nodes_ += node.extent.size;
    if (alias_nodes_ > context_.limits.alias_nodes) {
      return Fail(kAliasBomb, event.range,
                  {std::to_string(context_.limits.alias_nodes)});
    }
    if (frames_.size() + node.extent.height > context_.limits.nesting) {
      return Fail(kTooDeep, event.range,
                  {std::to_string(context_.limits.nesting)});
    }
    node.value = node.value.Via(context_.origins.Add(
        event.range, node.value.via(), "alias `*" + name + "`"));
    if (ExpectsKey())
      return SetKey(node.value);
    last_end_ = event.range.end;
    return Attach(node, {});
  }

  bool Merge(const Node &node) {
    Frame &frame = frames_.back();
    const Value &value = node.value;
    if (value.IsMap()) {
      MergeMap(value, value.via());
    } else if (value.IsList()) {
      // Earlier maps of the list win, and the last entry of a key counts.
      for (std::size_t i = value.AsList().size(); i-- > 0;) {
        const Value &item = value.AsList()[i];
        if (!item.IsMap())
          return BadMerge(item);
        MergeMap(item,
                 item.via() == OriginId::kNone ? value.via() : item.via());
      }
    } else if (value.IsUnknown()) {
      MarkOpen(frame, value);
    } else {
      return BadMerge(value);
    }
    frame.extent.Add(node.extent);
    return true;
  }

  bool BadMerge(Value value) {
    return Fail(kBadMerge, value.range(), {std::string(TypeName(value))});
  }

  void MergeMap(Value map, OriginId via) {
    for (const MapEntry &entry : map.AsMap()) {
      const OriginId origin =
          entry.value.via() == OriginId::kNone ? via : entry.value.via();
      entries_.push_back({entry.key, entry.value.Via(origin), true});
    }
    if (const Value *const rest = map.OpenRest())
      MarkOpen(frames_.back(), *rest);
  }

  // ---- putting a finished node where it belongs

  bool Attach(const Node &node, std::string_view anchor) {
    if (!anchor.empty())
      anchors_[std::string(anchor)] = node;
    if (frames_.empty()) {
      result_.root = node.value;
      return true;
    }
    Frame &frame = frames_.back();
    const bool through_alias = last_end_ != 0;
    const std::uint32_t end =
        through_alias ? std::exchange(last_end_, 0) : node.value.range().end;
    frame.end = std::max(frame.end, end);
    if (!frame.is_map) {
      items_.push_back(node.value);
      frame.extent.Add(node.extent);
      return true;
    }
    switch (std::exchange(frame.next, Frame::Next::kKey)) {
    case Frame::Next::kKey:
      // A template fills this key in: the map may have any entry in its place.
      MarkOpen(frame, node.value);
      frame.next = Frame::Next::kDropped;
      return true;
    case Frame::Next::kMerge:
      return Merge(node);
    case Frame::Next::kDropped:
      return true;
    case Frame::Next::kValue:
      entries_.push_back({frame.key, node.value, false});
      frame.extent.Add(node.extent);
      return true;
    }
    return true;
  }

  // ---- template lines

  void MarkOpen(Frame &frame, Value rest) {
    frame.open = true;
    open_rest_ = rest;
  }

  // Lines that an action writes between what was read last and `offset`.
  void ApplyLines(std::uint32_t offset) {
    const auto &actions = mask_->actions;
    for (; next_action_ < actions.size() &&
           actions[next_action_].range.begin < offset;
         ++next_action_) {
      const Action &action = actions[next_action_];
      if (action.role == Action::Role::kLines)
        InsertLines(action);
    }
  }

  void InsertLines(const Action &action) {
    const Value unknown = FilledIn(action);
    const std::uint32_t column =
        action.indent.value_or(ColumnOf(action.range.begin));
    std::size_t depth = frames_.size();
    while (depth > 0 && frames_[depth - 1].column > column)
      --depth;
    if (depth == 0)
      return;
    Frame &frame = frames_[depth - 1];
    if (!frame.is_map) {
      if (depth == frames_.size())
        items_.push_back(unknown);
      return;
    }
    // Indented below a key without a value, the lines are that value.
    const bool innermost = depth == frames_.size();
    if (innermost && column > frame.column && ExpectsKey() &&
        entries_.size() > frame.first && entries_.back().value.IsNull()) {
      entries_.back().value = unknown;
    } else {
      MarkOpen(frame, unknown);
    }
  }

  const BuildContext &context_;
  const MaskedText *mask_;
  std::string_view text_; // of the file or the mask
  EventReader reader_;
  BuildResult &result_;
  std::vector<Frame> frames_;
  std::vector<Entry> entries_; // of all open maps, innermost last
  std::vector<Value> items_;   // of all open lists, likewise
  std::vector<MapEntry> scratch_;
  std::unordered_map<std::string, Node, KeyHash, std::equal_to<>> anchors_;
  Value open_rest_;
  std::uint64_t alias_nodes_ = 0;
  std::uint32_t nodes_ = 0;
  std::uint32_t flow_depth_ = 0;
  std::uint32_t last_end_ = 0; // of the alias that is being attached
  std::size_t next_action_ = 0;
};

} // namespace

BuildResult Build(const BuildContext &context, Range range,
                  const MaskedText *mask) {
  BuildResult result;
  Builder(context, range, mask, result).Run();
  if (!result.ok)
    result.root = {};
  return result;
}

} // namespace restorable::yaml
