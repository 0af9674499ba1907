#include "yaml/build.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/encoding.h"
#include "yaml/builder.h"
#include "yaml/characters.h"
#include "yaml/diagnostics.h"
#include "yaml/explain.h"
#include "yaml/scalar.h"

namespace restorable::yaml {
namespace {

constexpr std::string_view kMergeKey = "<<";
constexpr std::string_view kMergeTag = "tag:yaml.org,2002:merge";

// What a message calls a value that stands at a wrong place.
std::string Describe(Value value) {
  switch (value.kind()) {
    case Kind::kMap:
      return "a map";
    case Kind::kList:
      return "a list";
    case Kind::kNull:
      return "null";
    case Kind::kUint:
      return "an integer over 63 bits";
    case Kind::kString:
      return "a string";
    case Kind::kBool:
      return "a bool";
    default:
      return "a number";
  }
}

bool IsNameByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         c == '-';
}

// Where the tag or anchor at `at` ends.
std::size_t SkipProperty(std::string_view text, std::size_t at) {
  if (text[at] == '&') {
    ++at;
    while (at < text.size() && IsNameByte(text[at])) ++at;
    return at;
  }
  if (text.substr(at).starts_with("!<")) return std::min(text.find('>', at), text.size() - 1) + 1;
  while (at < text.size() && text[at] != ',' && !IsBlank(text[at]) && BreakLength(text, at) == 0) {
    ++at;
  }
  return at;
}

// Where the node that starts with `count` tags and anchors at `at` has its content, `end` at most.
std::uint32_t SkipProperties(std::string_view text, std::size_t at, int count, std::uint32_t end) {
  while (at < end) {
    if (const std::uint32_t length = BreakLength(text, at); length != 0) {
      at += length;
    } else if (text[at] == '#') {
      at = LineEnd(text, at);
    } else if (IsBlank(text[at])) {
      ++at;
    } else if (StartsLine(text, at) && ByteOrderMarkLength(text.substr(at)) > 0) {
      at += ByteOrderMarkLength(text.substr(at));  // libyaml passes it at the start of any line
    } else if (count > 0 && (text[at] == '&' || text[at] == '!')) {
      at = SkipProperty(text, at);
      --count;
    } else {
      break;
    }
  }
  return std::min(static_cast<std::uint32_t>(at), end);
}

}  // namespace

void Extent::Add(const Extent& child) {
  const std::uint32_t room = std::numeric_limits<std::uint32_t>::max() - size;
  size += std::min(room, child.size);
  height = std::max(height, child.height + 1);
}

Builder::Builder(const BuildContext& context, Range document, const Mask* mask, BuildResult& result)
    : context_(context),
      mask_(mask),
      source_(context.file.text()),
      text_(mask == nullptr ? source_ : mask->text()),
      reader_(text_, document.begin, document.end),
      document_(document),
      result_(result),
      settler_(context.arena, context.origins, mask, context.options.drop_null_entries,
               result.diagnostics) {
  if (mask_ != nullptr) next_action_ = mask_->FirstFrom(document.begin);
  // What most documents need, in one step each.
  frames_.reserve(16);
  items_.reserve(32);
  entries_.reserve(64);
}

void Builder::Run() {
  while (true) {
    const Event& event = reader_.Next();
    if (event.kind == EventKind::kError) {
      result_.diagnostics.push_back(Explain(reader_.error(), text_, document_));
      return;
    }
    if (event.kind == EventKind::kEnd) break;
    if (mask_ != nullptr) PlaceLines(event.begin);
    if (!Handle(event)) return;
  }
  if (mask_ != nullptr) PlaceLines(document_.end);
  if (!has_root_ && pending_ != nullptr) result_.root = *pending_;
  result_.is_empty = !has_root_ && pending_ == nullptr;
  result_.ok = true;
}

bool Builder::Handle(const Event& event) {
  switch (event.kind) {
    case EventKind::kScalar:
      return AddScalar(event);
    case EventKind::kAlias:
      return AddAlias(event);
    case EventKind::kListBegin:
    case EventKind::kMapBegin:
      return Open(event);
    case EventKind::kListEnd:
    case EventKind::kMapEnd:
      return Close(event);
    case EventKind::kEnd:
    case EventKind::kError:
      break;
  }
  return true;
}

bool Builder::Fail(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
  result_.diagnostics.push_back({&kind, range, std::move(args), {}});
  return false;
}

bool Builder::FailLimit(const DiagnosticKind& kind, Range range, std::uint32_t limit) {
  return Fail(kind, range, {std::to_string(limit)});
}

bool Builder::CountNode(Range range) {
  const std::uint32_t limit = context_.limits.document_nodes;
  return ++nodes_ <= limit || FailLimit(kTooManyNodes, range, limit);
}

bool Builder::ExpectsKey() const {
  return !frames_.empty() && frames_.back().is_map && frames_.back().next == Frame::Next::kKey;
}

// ---- Scalars

Range Builder::ScalarRange(const Event& event) const {
  Range range{document_.file, event.begin, event.end};
  const int properties = (event.anchor.empty() ? 0 : 1) + (event.tag.empty() ? 0 : 1);
  if (properties > 0) {
    range.begin = SkipProperties(text_, event.begin, properties, event.end);
  } else if (range.size() == 0) {
    range.begin = range.end = PlaceOfNothing(range.begin);
  }
  if (event.style == ScalarStyle::kLiteral || event.style == ScalarStyle::kFolded) {
    // libyaml goes on to the next line with content.
    while (range.end > range.begin &&
           (IsBlank(text_[range.end - 1]) || text_[range.end - 1] == '\n' ||
            text_[range.end - 1] == '\r')) {
      --range.end;
    }
  }
  return range;
}

// Where a value that is not written belongs: behind its `:`, `-` or `?`, or behind what was read
// last. libyaml may put it at the next token, lines below.
std::uint32_t Builder::PlaceOfNothing(std::uint32_t offset) const {
  const std::uint32_t least = std::max(last_end_, document_.begin);
  std::uint32_t at = offset;
  while (at > least && (IsBlank(text_[at - 1]) || StartsLine(text_, at))) --at;
  const bool is_marked =
      at > least && std::string_view(":-?").find(text_[at - 1]) != std::string_view::npos;
  return is_marked || last_end_ == 0 ? at : last_end_;
}

// The decoded text: a view into the source where the same bytes stand there.
std::string_view Builder::Keep(const Event& event, Range range) {
  const std::size_t quote = event.style == ScalarStyle::kPlain ? 0 : 1;
  const std::string_view text = event.text;
  if (range.size() == text.size() + 2 * quote) {
    const std::string_view written = source_.substr(range.begin + quote, text.size());
    if (written.data() == text.data() || written == text) return written;
  }
  return context_.arena.Copy(text);
}

std::optional<Value> Builder::Resolve(const Event& event, std::string_view text) {
  if (event.tag.empty()) {
    return event.style == ScalarStyle::kPlain ? ResolvePlain(text) : Value::String(text);
  }
  return ResolveTagged(event.tag, text, context_.arena);
}

bool Builder::AddScalar(const Event& event) {
  const Range range = ScalarRange(event);
  if (!CountNode(range)) return false;
  last_end_ = range.end;
  if (mask_ != nullptr) {
    if (const std::optional<Value> filled = FilledScalar(event, range)) {
      const Node node{filled->At(range), {}, range};
      CompleteAnchor(SetAnchor(event.anchor), node);
      return Attach(node);
    }
  }
  const std::string_view text = Keep(event, range);
  const bool is_key = ExpectsKey();
  const bool is_merge = is_key && text == kMergeKey && event.style == ScalarStyle::kPlain &&
                        (event.tag.empty() || event.tag == kMergeTag);
  if (is_merge) {
    Frame& frame = frames_.back();
    frame.next = Frame::Next::kMergeValue;
    frame.has_merge = true;
    entries_.push_back({Value::Null().At(range), {}});
    return true;
  }
  const std::optional<Value> value = Resolve(event, text);
  if (!value) return Fail(kBadTag, range, {std::string(text), std::string(event.tag)});
  const Node node{value->At(range), {}, range};
  CompleteAnchor(SetAnchor(event.anchor), node);
  return is_key ? SetKey(node, text) : Attach(node);
}

bool Builder::SetKey(const Node& node, std::string_view text) {
  const std::optional<Value> key = KeyOf(node.value, context_.arena);
  if (!key) return Fail(kBadKey, node.written, {Describe(node.value)});
  if (node.value.Is(Kind::kBool) && key->AsString() != text) {
    settler_.Warn({&kBoolKey, node.written, {std::string(text), std::string(key->AsString())}, {}});
  }
  Frame& frame = frames_.back();
  frame.next = Frame::Next::kValue;
  frame.end = std::max(frame.end, node.written.end);
  entries_.push_back({key->At(node.written), {}});
  return true;
}

// ---- Lists and maps

bool Builder::Open(const Event& event) {
  const int properties = (event.anchor.empty() ? 0 : 1) + (event.tag.empty() ? 0 : 1);
  const std::uint32_t begin =
      properties == 0 ? event.begin : SkipProperties(text_, event.begin, properties, document_.end);
  const Range range{document_.file, begin, std::max(begin, event.end)};
  const bool is_map = event.kind == EventKind::kMapBegin;
  if (!CountNode(range)) return false;
  if (ExpectsKey()) return Fail(kBadKey, range, {is_map ? "a map" : "a list"});
  if (frames_.size() >= context_.limits.nesting) {
    return FailLimit(kTooDeep, range, context_.limits.nesting);
  }
  if (event.is_flow && ++flow_depth_ > context_.limits.flow_nesting) {
    return FailLimit(kFlowTooDeep, range, context_.limits.flow_nesting);
  }
  Frame frame;
  frame.is_map = is_map;
  frame.is_flow = event.is_flow;
  frame.begin = frame.end = begin;
  frame.first = is_map ? entries_.size() : items_.size();
  frame.anchor = SetAnchor(event.anchor);
  if (mask_ != nullptr) {
    frame.column = ColumnOf(begin);
    const Value*& pending = frames_.empty() ? pending_ : frames_.back().pending;
    frame.rest = std::exchange(pending, nullptr);
  }
  frames_.push_back(frame);
  return true;
}

bool Builder::Close(const Event& event) {
  Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.is_flow) {
    --flow_depth_;
    frame.end = last_end_ = event.end;
  }
  const Range range{document_.file, frame.begin, frame.end};
  const Value value = frame.is_map ? CloseMap(frame) : CloseList(frame);
  const Node node{value.At(range), frame.extent, range};
  CompleteAnchor(frame.anchor, node);
  return Attach(node);
}

Value Builder::CloseMap(const Frame& frame) {
  const auto written = std::span(entries_).subspan(frame.first);
  const std::span<const MapEntry> entries = settler_.Settle(written, frame.has_merge);
  entries_.resize(frame.first);
  if (frame.rest == nullptr) return Value::Map(context_.arena, entries);
  // With no entry of its own it may as well be a list.
  if (entries.empty()) return *frame.rest;
  return Value::OpenMap(context_.arena, entries, *frame.rest);
}

Value Builder::CloseList(const Frame& frame) {
  if (frame.rest != nullptr) items_.push_back(*frame.rest);
  const auto items = std::span<const Value>(items_).subspan(frame.first);
  const Value value = Value::List(context_.arena.Copy(items));
  items_.resize(frame.first);
  return value;
}

// A number as JSON has it.
bool Builder::ToJson(Value& value, Range written) {
  if (!HasJsonForm(value)) {
    return Fail(kNoJsonForm, written, {std::string(context_.file.Text(written))});
  }
  value = ThroughJson(value);
  return true;
}

// Puts a finished node into the innermost container.
bool Builder::Attach(const Node& node) {
  Value value = node.value;
  if (value.Is(Kind::kDouble) && !ToJson(value, node.written)) return false;
  if (frames_.empty()) {
    result_.root = pending_ == nullptr ? value : pending_->At(value.range());
    has_root_ = true;
    return true;
  }
  Frame& frame = frames_.back();
  frame.end = std::max(frame.end, node.written.end);
  frame.extent.Add(node.extent);
  if (frame.is_map) return AttachToMap(frame, node, value);
  items_.push_back(value);
  return true;
}

bool Builder::AttachToMap(Frame& frame, const Node& node, Value value) {
  // Lines of a template between the key and this value are part of it.
  const Value* const pending = std::exchange(frame.pending, nullptr);
  switch (std::exchange(frame.next, Frame::Next::kKey)) {
    case Frame::Next::kKey:
      // A template fills the key in: the map may have any entry in its place.
      frame.rest = context_.arena.New<Value>(value);
      frame.next = Frame::Next::kDropped;
      break;
    case Frame::Next::kValue:
      entries_.back().value = pending == nullptr ? value : pending->At(value.range());
      break;
    case Frame::Next::kMergeValue:
      return AddMerge(frame, node);
    case Frame::Next::kDropped:
      break;
  }
  return true;
}

bool Builder::AddMerge(Frame& frame, const Node& node) {
  if (node.value.IsUnknown()) {
    frame.rest = context_.arena.New<Value>(node.value);
    entries_.pop_back();
    return true;
  }
  // An alias to a list is refused by the Go reader, too.
  const bool is_list = node.value.IsList() && !node.is_alias;
  if (!node.value.IsMap() && !is_list) {
    return Fail(kBadMerge, node.written, {Describe(node.value)});
  }
  const std::span<const Value> maps =
      is_list ? node.value.AsList() : std::span<const Value>(&node.value, 1);
  for (const Value& map : maps) {
    if (map.IsUnknown()) continue;
    if (!map.IsMap()) return Fail(kBadMerge, node.written, {"a list with " + Describe(map)});
    if (const Value* const rest = map.OpenRest()) frame.rest = rest;
  }
  entries_.back().value = node.value;
  return true;
}

// ---- Anchors and aliases

std::size_t Builder::SetAnchor(std::string_view name) {
  if (name.empty()) return 0;
  anchored_.push_back({});
  anchors_.insert_or_assign(std::string(name), anchored_.size() - 1);
  return anchored_.size();
}

void Builder::CompleteAnchor(std::size_t anchor, const Node& node) {
  if (anchor != 0) anchored_[anchor - 1] = {node.value, node.extent, true};
}

bool Builder::AddAlias(const Event& event) {
  const Range range{document_.file, event.begin, event.end};
  if (!CountNode(range)) return false;
  last_end_ = range.end;
  const auto found = anchors_.find(event.text);
  if (found == anchors_.end()) return Fail(kUnknownAnchor, range, {std::string(event.text)});
  const Anchored& target = anchored_[found->second];
  if (!target.is_complete) return Fail(kAliasLoop, range, {std::string(event.text)});
  const Limits& limits = context_.limits;
  alias_nodes_ += target.extent.size;
  if (alias_nodes_ > limits.alias_nodes) {
    return FailLimit(kTooManyAliasNodes, range, limits.alias_nodes);
  }
  if (frames_.size() + target.extent.height > limits.nesting) {
    return FailLimit(kAliasTooDeep, range, limits.nesting);
  }
  const Node node{target.value, target.extent, range, true};
  if (ExpectsKey() && !node.value.IsUnknown()) return SetKey(node, event.text);
  const OriginId via =
      context_.origins.Add(range, node.value.via(), "alias `*" + std::string(event.text) + "`");
  return Attach({node.value.Via(via), node.extent, range, true});
}

BuildResult Build(const BuildContext& context, Range range, const Mask* mask) {
  BuildResult result;
  Builder(context, range, mask, result).Run();
  if (!result.ok) result.root = Value();
  return result;
}

}  // namespace restorable::yaml
