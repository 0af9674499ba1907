#include "yaml/quick_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace restorable::yaml {
namespace {

// libyaml looks no farther than 1024 characters for the `:` of a key.
constexpr std::uint32_t kLongestKey = 1000;
// Deeper is left to libyaml, and more events than these as well, so that hostile input does not
// make them a multiple of itself.
constexpr std::size_t kDeepest = 256;
constexpr std::size_t kMostEvents = std::size_t{1} << 20;

constexpr std::array<bool, 256> kStartsPlain = [] {
  std::array<bool, 256> starts{};
  starts.fill(true);
  for (std::size_t c = 0; c <= ' '; ++c) starts[c] = false;
  for (const char c : std::string_view("-?:,[]{}#&*!|>'\"%@`")) {
    starts[static_cast<unsigned char>(c)] = false;
  }
  return starts;
}();

constexpr std::array<bool, 256> kIsName = [] {
  std::array<bool, 256> is_name{};
  for (const char c :
       std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")) {
    is_name[static_cast<unsigned char>(c)] = true;
  }
  return is_name;
}();

struct CoreTag {
  std::string_view name;
  std::string_view tag;
};
constexpr CoreTag kCoreTags[] = {
    {"binary", "tag:yaml.org,2002:binary"}, {"bool", "tag:yaml.org,2002:bool"},
    {"float", "tag:yaml.org,2002:float"},   {"int", "tag:yaml.org,2002:int"},
    {"map", "tag:yaml.org,2002:map"},       {"merge", "tag:yaml.org,2002:merge"},
    {"null", "tag:yaml.org,2002:null"},     {"seq", "tag:yaml.org,2002:seq"},
    {"str", "tag:yaml.org,2002:str"},       {"timestamp", "tag:yaml.org,2002:timestamp"},
};

}  // namespace

QuickReader::QuickReader(std::string_view text, std::uint32_t begin, std::uint32_t end)
    : text_(text), begin_(begin), end_(end), scanner_(text, begin, end) {}

bool QuickReader::Read() {
  if (!HasOrdinaryCharacters(text_.substr(begin_, end_ - begin_))) return false;
  // About an event for every twelve bytes.
  records_.reserve(std::min<std::size_t>((end_ - begin_) / 8, kMostEvents / 64));
  if (!ReadStart()) return false;
  while (!scanner_.AtEnd()) {
    if (!ReadLine() || records_.size() > kMostEvents) return false;
    scanner_.SkipToToken();
  }
  return ReadEnd();
}

bool QuickReader::ReadStart() {
  scanner_.SkipToToken();
  if (scanner_.AtMarker()) {
    if (scanner_.Peek() != '-') return false;
    scanner_.Skip(3);
    if (!scanner_.SkipRestOfLine()) return false;
    scanner_.SkipToToken();
  }
  return !scanner_.AtEnd();
}

bool QuickReader::ReadEnd() {
  if (awaits_node_) {
    if (frames_.empty() || pending_.Any()) return false;
    AddNothing();
  }
  while (!frames_.empty()) Close();
  Add({.kind = EventKind::kEnd, .begin = end_, .end = end_});
  return true;
}

// ---- Block lists and maps

// Reads what the first token of a line begins.
bool QuickReader::ReadLine() {
  if (scanner_.AtMarker()) return false;
  const std::int32_t column = scanner_.column();
  if (awaits_node_) {
    if (column > Column()) return ReadNode(true);
    if (pending_.Any()) return false;
    if (column == Column() && frames_.back().is_map && AtDash()) {
      frames_.push_back({column, false, true});
      // The one token that libyaml has for its begin is that `-`.
      if (!Open(false, scanner_.at(), scanner_.at() + 1, {})) return false;
      return ReadItem();
    }
    AddNothing();
  }
  while (Column() > column) Close();
  if (frames_.empty() || Column() != column) return false;
  if (!frames_.back().is_map) {
    if (AtDash()) return ReadItem();
    if (!frames_.back().is_indentless) return false;
    Close();
  }
  return ReadKey();
}

// Leaves the node to the lines that follow if nothing more stands on this one.
bool QuickReader::AwaitNode() {
  mark_end_ = scanner_.at();
  awaits_node_ = scanner_.SkipRestOfLine();
  return awaits_node_;
}

// At the `-`.
bool QuickReader::ReadItem() {
  scanner_.Skip();
  return AwaitNode() || ReadNode(true);
}

bool QuickReader::ReadKey() {
  const std::uint32_t begin = scanner_.at();
  Properties properties;
  if (!ReadProperties(properties)) return false;
  const std::uint32_t line = scanner_.line();
  const std::optional<QuickScalar> key = ReadPlainOrQuoted(false);
  if (!key || scanner_.line() != line) return false;
  scanner_.SkipSpaces();
  if (scanner_.Peek() != ':' || !scanner_.HasSpace(1)) return false;
  if (scanner_.at() - begin > kLongestKey) return false;
  AddScalar(begin, *key, properties);
  return ReadValue();
}

// At the `:`.
bool QuickReader::ReadValue() {
  scanner_.Skip();
  return AwaitNode() || ReadNode(false);
}

// At a node that may be a block list or map if it begins its line or follows a `-`.
bool QuickReader::ReadNode(bool may_be_block) {
  while (may_be_block && AtDash()) {
    const std::uint32_t begin = scanner_.at();
    frames_.push_back({scanner_.column(), false, false});
    if (!Open(false, begin, begin, std::exchange(pending_, {}))) return false;
    scanner_.Skip();
    if (AwaitNode()) return true;
  }
  Properties own;
  if (!ReadProperties(own)) return false;
  if (own.Any() && pending_.Any()) return false;
  if (own.Any() && scanner_.SkipRestOfLine()) {
    pending_ = own;
    awaits_node_ = true;
    return true;
  }
  awaits_node_ = false;
  return ReadContent(own, may_be_block);
}

// Of a node that is no key: its own properties, or those on the line before it.
QuickReader::Properties QuickReader::WithPending(const Properties& own) {
  return own.Any() ? own : std::exchange(pending_, {});
}

bool QuickReader::ReadContent(const Properties& own, bool may_be_block) {
  const std::uint32_t begin = scanner_.at();
  switch (scanner_.Peek()) {
    case '[':
    case '{':
      return ReadFlow(WithPending(own)) && scanner_.SkipRestOfLine();
    case '*':
      return !own.Any() && !pending_.Any() && ReadAlias() && scanner_.SkipRestOfLine();
    case '|':
    case '>': {
      const std::optional<QuickScalar> scalar = scanner_.ReadBlock(Column());
      if (!scalar) return false;
      AddScalar(begin, *scalar, WithPending(own));
      return true;
    }
    default:
      return ReadScalarOrMap(own.Any() ? own.begin : begin, own, may_be_block);
  }
}

// A `:` behind the scalar makes it the first key of a map.
bool QuickReader::ReadScalarOrMap(std::uint32_t begin, const Properties& own, bool may_be_map) {
  const std::uint32_t line = scanner_.line();
  const std::optional<QuickScalar> scalar = ReadPlainOrQuoted(false);
  if (!scalar) return false;
  const bool has_passed_line = scanner_.line() != line;
  if (!has_passed_line && may_be_map) {
    scanner_.SkipSpaces();
    if (scanner_.Peek() == ':') {
      if (!scanner_.HasSpace(1) || scanner_.at() - begin > kLongestKey) return false;
      frames_.push_back({static_cast<std::int32_t>(begin - line), true, false});
      if (!Open(true, begin, begin, std::exchange(pending_, {}))) return false;
      AddScalar(begin, *scalar, own);
      return ReadValue();
    }
  }
  AddScalar(begin, *scalar, WithPending(own));
  if (scalar->style == ScalarStyle::kPlain && has_passed_line) return true;
  return scanner_.SkipRestOfLine();
}

// Whether text begins with a character that is an indicator before a blank.
bool QuickReader::StartsPlainIndicated(bool is_flow) const {
  if (scanner_.HasSpace(1)) return false;
  const char c = scanner_.Peek();
  if (is_flow) return c == '-' && !IsFlowIndicator(scanner_.Peek(1));
  return c == '-' || c == '?' || c == ':';
}

// As text in [ ] and { } is read if `is_flow`.
std::optional<QuickScalar> QuickReader::ReadPlainOrQuoted(bool is_flow) {
  const char c = scanner_.Peek();
  if (c == '"') return scanner_.ReadDoubleQuoted();
  if (c == '\'') return scanner_.ReadSingleQuoted();
  if (!kStartsPlain[static_cast<unsigned char>(c)] && !StartsPlainIndicated(is_flow)) {
    return std::nullopt;
  }
  return scanner_.ReadPlain(is_flow ? 0 : Column() + 1, is_flow);
}

// ---- Anchors, aliases and tags

std::string_view QuickReader::ReadName() {
  const std::uint32_t begin = scanner_.at();
  while (kIsName[static_cast<unsigned char>(scanner_.Peek())]) scanner_.Skip();
  return scanner_.Since(begin);
}

bool QuickReader::ReadAlias() {
  const std::uint32_t begin = scanner_.at();
  scanner_.Skip();
  const std::string_view name = ReadName();
  const bool is_over = scanner_.HasSpace(0) || (!flow_.empty() && scanner_.Peek() != '-');
  if (name.empty() || !is_over) return false;
  Add({.kind = EventKind::kAlias,
       .begin = begin,
       .end = scanner_.at(),
       .text_begin = begin + 1,
       .text_size = static_cast<std::uint32_t>(name.size())});
  return true;
}

bool QuickReader::ReadProperties(Properties& properties) {
  while (scanner_.Peek() == '&' || scanner_.Peek() == '!') {
    if (!properties.Any()) properties.begin = scanner_.at();
    const bool is_anchor = scanner_.Peek() == '&';
    std::string_view& property = is_anchor ? properties.anchor : properties.tag;
    if (!property.empty()) return false;
    if (is_anchor) {
      scanner_.Skip();
      property = ReadName();
    } else if (!ReadTag(property)) {
      return false;
    }
    if (property.empty() || !scanner_.HasSpace(0)) return false;
    properties.end = scanner_.at();
    scanner_.SkipSpaces();
  }
  return true;
}

bool QuickReader::ReadTag(std::string_view& tag) {
  const std::uint32_t begin = scanner_.at();
  scanner_.Skip();
  if (scanner_.Peek() != '!') {
    const std::string_view name = ReadName();
    tag = scanner_.Since(begin);
    return !name.empty();
  }
  scanner_.Skip();
  const std::string_view name = ReadName();
  const auto* const core = std::find_if(std::begin(kCoreTags), std::end(kCoreTags),
                                        [&](const CoreTag& row) { return row.name == name; });
  if (core == std::end(kCoreTags)) return false;
  tag = core->tag;
  return true;
}

// ---- [ ] and { }

bool QuickReader::ReadFlow(const Properties& properties) {
  OpenFlow(properties);
  while (!flow_.empty()) {
    if (!SkipToFlowToken() || records_.size() > kMostEvents) return false;
    if (scanner_.Peek() == (flow_.back() ? '}' : ']')) {
      CloseFlow();
      if (!flow_.empty() && !PassComma()) return false;
      continue;
    }
    if (flow_.back() && !ReadFlowKey()) return false;
    if (!ReadFlowNode() || flow_.size() > kDeepest) return false;
  }
  return true;
}

bool QuickReader::SkipToFlowToken() {
  scanner_.SkipToToken();
  return !scanner_.AtEnd() && !scanner_.AtMarker();
}

// Behind an entry: its comma, unless it is the last one.
bool QuickReader::PassComma() {
  if (!SkipToFlowToken()) return false;
  if (scanner_.Peek() == ',') {
    scanner_.Skip();
    return true;
  }
  return scanner_.Peek() == (flow_.back() ? '}' : ']');
}

bool QuickReader::ReadFlowKey() {
  const std::uint32_t begin = scanner_.at();
  const std::uint32_t line = scanner_.line();
  const std::optional<QuickScalar> key = ReadPlainOrQuoted(true);
  if (!key || scanner_.line() != line) return false;
  scanner_.SkipSpaces();
  if (scanner_.Peek() != ':' || scanner_.at() - begin > kLongestKey) return false;
  AddScalar(begin, *key, {});
  scanner_.Skip();
  return SkipToFlowToken();
}

bool QuickReader::ReadFlowNode() {
  Properties own;
  if (!ReadProperties(own)) return false;
  const std::uint32_t begin = scanner_.at();
  const char c = scanner_.Peek();
  if (c == '[' || c == '{') {
    OpenFlow(own);
    return true;
  }
  if (c == '*') return !own.Any() && ReadAlias() && PassComma();
  const std::optional<QuickScalar> scalar = ReadPlainOrQuoted(true);
  if (!scalar) return false;
  AddScalar(own.Any() ? own.begin : begin, *scalar, own);
  return PassComma();
}

void QuickReader::OpenFlow(const Properties& properties) {
  const std::uint32_t at = scanner_.at();
  const bool is_map = scanner_.Peek() == '{';
  flow_.push_back(is_map);
  Add({.kind = is_map ? EventKind::kMapBegin : EventKind::kListBegin,
       .is_flow = true,
       .begin = properties.Any() ? properties.begin : at,
       .end = at + 1},
      properties);
  scanner_.Skip();
}

void QuickReader::CloseFlow() {
  const std::uint32_t at = scanner_.at();
  Add({.kind = flow_.back() ? EventKind::kMapEnd : EventKind::kListEnd,
       .begin = at,
       .end = at + 1});
  flow_.pop_back();
  scanner_.Skip();
}

// ---- Events

bool QuickReader::Open(bool is_map, std::uint32_t begin, std::uint32_t end,
                       const Properties& properties) {
  Add({.kind = is_map ? EventKind::kMapBegin : EventKind::kListBegin,
       .begin = properties.Any() ? properties.begin : begin,
       .end = end},
      properties);
  return frames_.size() <= kDeepest;
}

void QuickReader::Close() {
  const std::uint32_t at = scanner_.at();
  Add({.kind = frames_.back().is_map ? EventKind::kMapEnd : EventKind::kListEnd,
       .begin = at,
       .end = at});
  frames_.pop_back();
}

void QuickReader::AddScalar(std::uint32_t begin, const QuickScalar& scalar,
                            const Properties& properties) {
  Add({.kind = EventKind::kScalar,
       .style = scalar.style,
       .is_decoded = scalar.is_decoded,
       .begin = properties.Any() ? properties.begin : begin,
       .end = scalar.end,
       .text_begin = scalar.text_begin,
       .text_size = scalar.text_size},
      properties);
}

// The null that stands behind a `:` or `-` without a value.
void QuickReader::AddNothing() {
  Add({.kind = EventKind::kScalar, .begin = mark_end_, .end = mark_end_});
  awaits_node_ = false;
}

void QuickReader::Add(const Record& record, const Properties& properties) {
  Add(record);
  if (!properties.Any()) return;
  records_.back().has_properties = true;
  properties_.push_back(properties);
}

const Event& QuickReader::Next() {
  const Record& record = records_[next_record_];
  if (record.kind != EventKind::kEnd) ++next_record_;
  event_.kind = record.kind;
  event_.style = record.style;
  event_.is_flow = record.is_flow;
  event_.begin = record.begin;
  event_.end = record.end;
  const std::string_view owner = record.is_decoded ? std::string_view(scanner_.decoded()) : text_;
  event_.text = {owner.data() + record.text_begin, record.text_size};
  event_.anchor = event_.tag = {};
  if (record.has_properties) {
    event_.anchor = properties_[next_properties_].anchor;
    event_.tag = properties_[next_properties_].tag;
    ++next_properties_;
  }
  return event_;
}

}  // namespace restorable::yaml
