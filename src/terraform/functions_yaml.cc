#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/base64.h"
#include "terraform/functions.h"
#include "terraform/hash.h"
#include "terraform/number.h"
#include "terraform/type.h"
#include "terraform/yaml_text.h"
#include "yaml/events.h"

// YAML as Terraform reads it: YAML 1.2's numbers with 1.1's words for truth values, and times as
// texts. Kubernetes' rules, which the yaml layer has, differ in all three.
namespace restorable::terraform {
namespace {

constexpr std::string_view kStringTag = "tag:yaml.org,2002:str";
constexpr std::string_view kBoolTag = "tag:yaml.org,2002:bool";
constexpr std::string_view kIntTag = "tag:yaml.org,2002:int";
constexpr std::string_view kFloatTag = "tag:yaml.org,2002:float";
constexpr std::string_view kNullTag = "tag:yaml.org,2002:null";
constexpr std::string_view kTimeTag = "tag:yaml.org,2002:timestamp";
constexpr std::string_view kBinaryTag = "tag:yaml.org,2002:binary";
constexpr std::string_view kListTag = "tag:yaml.org,2002:seq";
constexpr std::string_view kMapTag = "tag:yaml.org,2002:map";
constexpr std::string_view kMergeKey = "<<";

struct Word {
  std::string_view text;
  Value value;
};
constexpr Word kWords[] = {
    {"y", Value::Bool(true)},      {"Y", Value::Bool(true)},      {"yes", Value::Bool(true)},
    {"Yes", Value::Bool(true)},    {"YES", Value::Bool(true)},    {"true", Value::Bool(true)},
    {"True", Value::Bool(true)},   {"TRUE", Value::Bool(true)},   {"on", Value::Bool(true)},
    {"On", Value::Bool(true)},     {"ON", Value::Bool(true)},     {"n", Value::Bool(false)},
    {"N", Value::Bool(false)},     {"no", Value::Bool(false)},    {"No", Value::Bool(false)},
    {"NO", Value::Bool(false)},    {"false", Value::Bool(false)}, {"False", Value::Bool(false)},
    {"FALSE", Value::Bool(false)}, {"off", Value::Bool(false)},   {"Off", Value::Bool(false)},
    {"OFF", Value::Bool(false)},   {"", Value::Null()},           {"~", Value::Null()},
    {"null", Value::Null()},       {"Null", Value::Null()},       {"NULL", Value::Null()},
};

const Value* FindWord(std::string_view text) {
  const auto* const word = std::ranges::find(kWords, text, &Word::text);
  return word == std::end(kWords) ? nullptr : &word->value;
}

bool Matches(std::string_view text, const char* pattern) {
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// A number in any of the forms that the two patterns of YAML 1.2 let through, or that a tag claims.
std::optional<Value> ReadYamlNumber(std::string_view source) {
  std::string text(source);
  std::erase(text, '_');
  if (Matches(text, "0o[0-7]{1,21}")) return Value::Int(std::stoll(text.substr(2), nullptr, 8));
  if (Matches(text, "0x0*[0-7]?[0-9a-fA-F]{1,15}"))
    return Value::Int(std::stoll(text, nullptr, 16));
  const bool sign = text.starts_with('+') || text.starts_with('-');
  if (const std::size_t point = text.find('.'); point != std::string::npos) {
    const bool digit_behind =
        point + 1 < text.size() && text[point + 1] >= '0' && text[point + 1] <= '9';
    if (!digit_behind) text.insert(point + 1, "0");
    if (point == (sign ? 1U : 0U)) text.insert(point, "0");
  }
  return ReadNumber(text);
}

// The time that a plain scalar stands for, as RFC 3339 without fractions of a second.
std::optional<std::string> ReadYamlTime(std::string_view text) {
  static const re2::RE2 pattern(
      R"((\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?)");
  std::array<std::string, 10> part;
  if (!re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern, &part[0], &part[1],
                           &part[2], &part[3], &part[4], &part[5], &part[6], &part[7], &part[8],
                           &part[9])) {
    return std::nullopt;
  }
  const auto number = [](const std::string& digits) {
    return digits.empty() ? 0 : std::stoi(digits);
  };
  const std::size_t clock = part[7].empty() ? 3 : 7;
  const int year = number(part[0]);
  const int month = number(part[1]);
  const int day = number(part[2]);
  const int hour = number(part[clock]);
  const int minute = number(part[clock + 1]);
  const int second = number(part[clock + 2]);
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return std::nullopt;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days = kDays[month - 1] + (month == 2 && leap ? 1 : 0);
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const bool utc = part[6].empty() || part[6].substr(1) == "00:00" || part[6] == "Z";
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", year, month, day, hour, minute,
                     second, utc ? "Z" : part[6]);
}

class YamlDecoder {
 public:
  YamlDecoder(Call& call, std::string_view text)
      : call_(call), events_(text, 0, static_cast<std::uint32_t>(text.size())) {}

  // The value, or an error.
  Value Run();

 private:
  Value Fail(std::string_view message) { return call_.Fail(message); }
  Value Read(const yaml::Event& event);
  Value ReadScalar(const yaml::Event& event, bool& merges);
  Value ReadUntagged(std::string_view text, std::string_view tag);
  Value ReadTagged(std::string_view text, std::string_view tag);
  Value ReadList();
  Value ReadMap();
  Value ReadEntry(const yaml::Event& event, std::map<std::string, Value>& entries);
  Value Keep(const std::string& anchor, Value value);

  Call& call_;
  yaml::EventReader events_;
  std::unordered_map<std::string, Value> anchors_;
  std::unordered_set<std::string> open_;  // anchors of what is being read
  std::uint32_t depth_ = 0;
};

Value YamlDecoder::Run() {
  const yaml::Event& first = events_.Next();
  if (first.kind == yaml::EventKind::kEnd) return Fail("the text has no value");
  const Value value = Read(first);
  if (value.IsError()) return value;
  const yaml::Event& end = events_.Next();
  return end.kind == yaml::EventKind::kEnd ? value : Fail("only a single document is allowed");
}

Value YamlDecoder::Read(const yaml::Event& event) {
  if (!call_.context.Spend(1)) return call_.context.Limit("evaluation_steps", call_.range());
  switch (event.kind) {
    case yaml::EventKind::kScalar: {
      bool merges = false;
      const std::string anchor(event.anchor);
      const Value value = ReadScalar(event, merges);
      return Keep(anchor, merges ? call_.Return(kMergeKey) : value);
    }
    case yaml::EventKind::kAlias: {
      const std::string name(event.text);
      if (open_.contains(name)) return Fail("`*" + name + "` stands within what it refers to");
      const auto anchor = anchors_.find(name);
      return anchor == anchors_.end() ? Fail("there is no anchor `&" + name + "`") : anchor->second;
    }
    case yaml::EventKind::kListBegin:
    case yaml::EventKind::kMapBegin: {
      const bool list = event.kind == yaml::EventKind::kListBegin;
      if (!event.tag.empty() && event.tag != (list ? kListTag : kMapTag)) {
        return Fail("the tag `" + std::string(event.tag) + "` is not supported");
      }
      if (depth_ >= call_.context.limits.nesting) return call_.context.Limit("nesting");
      std::string anchor(event.anchor);
      if (!anchor.empty()) open_.insert(anchor);
      ++depth_;
      const Value value = list ? ReadList() : ReadMap();
      --depth_;
      open_.erase(anchor);
      return Keep(anchor, value);
    }
    case yaml::EventKind::kError:
      return Fail(events_.error().problem.empty() ? "the text is not YAML"
                                                  : events_.error().problem);
    default:
      return Fail("the text has no value");
  }
}

Value YamlDecoder::Keep(const std::string& anchor, Value value) {
  if (!anchor.empty()) anchors_[anchor] = value;
  return value;
}

Value YamlDecoder::ReadScalar(const yaml::Event& event, bool& merges) {
  const std::string_view tag = event.tag;
  const std::string_view text = event.text;
  constexpr std::string_view kTags[] = {"",        kStringTag, kBoolTag, kIntTag,
                                        kFloatTag, kNullTag,   kTimeTag, kBinaryTag};
  if (std::ranges::find(kTags, tag) == std::end(kTags)) {
    return Fail("the tag `" + std::string(tag) + "` is not supported");
  }
  // The first character is hint enough whether a scalar can be anything but text.
  constexpr std::string_view kHints = "+-0123456789yYnNtTfFoO~.";
  const bool hinted = text.empty() || kHints.find(text[0]) != std::string_view::npos;
  if (hinted && tag != kStringTag && tag != kBinaryTag) {
    const bool quoted = event.style == yaml::ScalarStyle::kSingleQuoted ||
                        event.style == yaml::ScalarStyle::kDoubleQuoted;
    if (quoted) return call_.Return(text);
    const Value value = ReadUntagged(text, tag);
    // A block scalar is a text, though read like a plain one: `|-` and `0x1F` are "31".
    const bool block = tag.empty() && event.style != yaml::ScalarStyle::kPlain;
    return block ? Convert(call_.context, value, {.kind = TypeKind::kString}) : value;
  }
  merges = tag.empty() && text == kMergeKey;
  return ReadTagged(text, tag);
}

Value YamlDecoder::ReadUntagged(std::string_view text, std::string_view tag) {
  if (const Value* const word = FindWord(text); word != nullptr) return call_.Return(*word);
  if (Matches(text, R"([+-]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))")) {
    return Fail("`" + std::string(text) + "` is no number that can be computed with");
  }
  if (text.starts_with('.')) {
    if (const auto number = ReadYamlNumber(text)) return call_.Return(*number);
  }
  if (tag.empty() || tag == kTimeTag) {
    if (const auto time = ReadYamlTime(text)) return call_.Return(std::string_view(*time));
  }
  const bool number = Matches(text, "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+") ||
                      Matches(text, R"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)");
  return ReadTagged(text, number ? kFloatTag : tag);
}

Value YamlDecoder::ReadTagged(std::string_view text, std::string_view tag) {
  if (tag.empty() || tag == kStringTag) return call_.Return(text);
  if (tag == kNullTag) return call_.Return(Value::Null());
  if (tag == kIntTag || tag == kFloatTag) {
    if (const auto number = ReadYamlNumber(text)) return call_.Return(*number);
  }
  if (tag == kTimeTag) {
    if (const auto time = ReadYamlTime(text)) return call_.Return(std::string_view(*time));
  }
  const bool is_octets =
      tag == kBinaryTag && DecodeBase64(text, Base64Padding::kRequired).has_value();
  if (is_octets) return call_.Return(text);
  return Fail("`" + std::string(text) + "` is not what its tag says");
}

Value YamlDecoder::ReadList() {
  std::vector<Value> items;
  while (true) {
    const yaml::Event& event = events_.Next();
    if (event.kind == yaml::EventKind::kListEnd) return call_.Return(call_.context.List(items));
    items.push_back(Read(event));
    if (items.back().IsError()) return items.back();
  }
}

Value YamlDecoder::ReadMap() {
  std::map<std::string, Value> values;
  while (true) {
    const yaml::Event& event = events_.Next();
    if (event.kind == yaml::EventKind::kMapEnd) break;
    const Value entry = ReadEntry(event, values);
    if (entry.IsError()) return entry;
  }
  std::vector<MapEntry> entries;
  entries.reserve(values.size());
  for (const auto& [key, value] : values) {
    entries.push_back({call_.Return(std::string_view(key)), value});
  }
  return call_.Return(call_.context.Map(entries));
}

// Reads the key in `event` and the value behind it. A later entry takes the place of an earlier
// one, those of a merge included.
Value YamlDecoder::ReadEntry(const yaml::Event& event, std::map<std::string, Value>& entries) {
  if (event.kind == yaml::EventKind::kError) return Read(event);
  if (event.kind != yaml::EventKind::kScalar) return Fail("a key is not a text");
  bool merges = false;
  Value key = ReadScalar(event, merges);
  if (key.IsError()) return key;
  if (merges) {
    const Value merged = Read(events_.Next());
    if (merged.IsError()) return merged;
    if (!merged.IsMap()) return Fail("only a map can be merged with `<<`");
    for (const MapEntry& entry : merged.AsMap()) {
      entries[std::string(entry.key.AsString())] = entry.value;
    }
    return merged;
  }
  key = Convert(call_.context, key, {.kind = TypeKind::kString});
  if (!key.IsString()) return Fail("a key is not a text");
  const Value value = Read(events_.Next());
  if (!value.IsError()) entries[std::string(key.AsString())] = value;
  return value;
}

}  // namespace

Value YamlDecode(Call& call) {
  if (!call.context.SpendParsing(call[0].size())) return call.context.Limit("evaluation_steps");
  return YamlDecoder(call, call.String(0)).Run();
}

Value YamlEncode(Call& call) {
  const std::optional<std::string> text = YamlText(call[0]);
  return text.has_value() ? call.Return(std::string_view(*text))
                          : call.Fail("the value has no form in YAML");
}

}  // namespace restorable::terraform
