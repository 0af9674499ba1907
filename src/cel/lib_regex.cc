#include <re2/re2.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cel/libraries.h"
#include "cel/pattern.h"

namespace restorable::cel {
namespace {

using Groups = std::array<re2::StringPiece, 10>;  // 0 is the whole match

// What was matched, as a part of the text.
std::string_view View(const re2::StringPiece& piece) { return {piece.data(), piece.size()}; }

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

// Finds the matches of a pattern one after the other, none overlapping, none empty right behind the
// one before.
class Matches {
 public:
  Matches(const re2::RE2& regex, std::string_view text, int group_count)
      : regex_(regex), text_(text.empty() ? "" : text), group_count_(group_count) {}

  // The next match; nullptr after the last one, or when looking for it would take too long.
  const Groups* Next() {
    const re2::StringPiece text(text_.data(), text_.size());
    while (at_ <= text_.size() && Pay()) {
      if (!regex_.Match(text, at_, text_.size(), re2::RE2::UNANCHORED, groups_.data(),
                        group_count_ + 1)) {
        break;
      }
      const std::size_t begin = Begin();
      const std::size_t end = begin + groups_[0].size();
      const bool touches = begin == end && begin == last_end_;
      at_ = begin == end ? end + std::max<std::size_t>(Utf8Length(text_, end), 1) : end;
      last_end_ = end;
      if (!touches) return &groups_;
    }
    at_ = text_.size() + 1;
    return nullptr;
  }

  // Where in the text the last match begins.
  [[nodiscard]] std::size_t Begin() const {
    return static_cast<std::size_t>(groups_[0].data() - text_.data());
  }
  [[nodiscard]] bool too_long() const { return too_long_; }

 private:
  // Each search may read all of what is left: many matches in a long text, each of which only shows
  // at the end of it, take quadratic time.
  bool Pay() {
    constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 31;
    read_ += text_.size() - at_;
    too_long_ = read_ > kMostBytes;
    return !too_long_;
  }

  const re2::RE2& regex_;
  std::string_view text_;  // of the caller; not at nullptr, where a group without match is
  int group_count_;
  Groups groups_;
  std::size_t at_ = 0;
  std::size_t last_end_ = std::string_view::npos;
  std::uint64_t read_ = 0;
  bool too_long_ = false;
};

Value TooLong(CallContext& call) {
  return Value::Error(call.arena(), "there are too many matches in too long a text", {},
                      /*absolute=*/true);
}

// The regular expression, or null with `error` set.
const re2::RE2* Regex(CallContext& call, Value& error) {
  const Pattern& pattern = call.Regex(1);
  if (pattern.ok()) return &pattern.regex();
  error = call.Error("invalid regular expression: " + pattern.error());
  return nullptr;
}

Value Find(CallContext& call) {
  Value error;
  const re2::RE2* const regex = Regex(call, error);
  if (regex == nullptr) return error;
  Matches matches(*regex, call.String(0), 0);
  const Groups* const match = matches.Next();
  return Value::String(match == nullptr ? std::string_view() : View((*match)[0]));
}

// Up to `limit` matches: the group of that number where there is one.
Value CollectMatches(CallContext& call, const re2::RE2& regex, int group, std::int64_t limit) {
  Matches matches(regex, call.String(0), group);
  std::vector<Value> found;
  while (static_cast<std::int64_t>(found.size()) < limit) {
    const Groups* const match = matches.Next();
    if (match == nullptr) break;
    const re2::StringPiece& piece = (*match)[static_cast<std::size_t>(group)];
    if (piece.data() == nullptr) continue;
    if (found.size() == kMostResultItems) return ResultTooLarge(call);
    found.push_back(Value::String(View(piece)));
  }
  if (matches.too_long()) return TooLong(call);
  return Value::List(call.arena().Copy(std::span<const Value>(found)));
}

Value FindAllUpTo(CallContext& call, std::int64_t limit) {
  Value error;
  const re2::RE2* const regex = Regex(call, error);
  return regex == nullptr ? error : CollectMatches(call, *regex, 0, limit);
}

Value FindAll(CallContext& call) { return FindAllUpTo(call, kNoLimit); }
Value FindAllLimited(CallContext& call) {
  return FindAllUpTo(call, call.Int(2) < 0 ? kNoLimit : call.Int(2));
}

Value ReplaceUpTo(CallContext& call, std::int64_t limit) {
  Value error;
  const re2::RE2* const regex = Regex(call, error);
  if (regex == nullptr) return error;
  const re2::StringPiece rewrite(call.String(2).data(), call.String(2).size());
  std::string problem;
  if (!regex->CheckRewriteString(rewrite, &problem)) {
    return call.Error("invalid replacement: " + problem);
  }
  const std::string_view text = call.String(0);
  const int group_count = re2::RE2::MaxSubmatch(rewrite);
  Matches matches(*regex, text, group_count);
  std::string out;
  std::size_t copied = 0;
  for (std::int64_t count = 0; count < limit; ++count) {
    const Groups* const match = matches.Next();
    if (match == nullptr) break;
    const std::size_t begin = matches.Begin();
    out.append(text, copied, begin - copied);
    regex->Rewrite(&out, rewrite, match->data(), group_count + 1);
    copied = begin + (*match)[0].size();
    if (out.size() > kMostResultBytes) return ResultTooLarge(call);
  }
  if (matches.too_long()) return TooLong(call);
  out.append(text, copied);
  if (out.size() > kMostResultBytes) return ResultTooLarge(call);
  return call.Return(out);
}

Value Replace(CallContext& call) { return ReplaceUpTo(call, kNoLimit); }
Value ReplaceLimited(CallContext& call) {
  return ReplaceUpTo(call, call.Int(3) < 0 ? kNoLimit : call.Int(3));
}

// As Regex, for a pattern with one group at most.
const re2::RE2* RegexOfOneGroup(CallContext& call, Value& error) {
  const re2::RE2* const regex = Regex(call, error);
  if (regex == nullptr || regex->NumberOfCapturingGroups() <= 1) return regex;
  error = call.Error("the regular expression has more than one group");
  return nullptr;
}

Value Extract(CallContext& call) {
  Value error;
  const re2::RE2* const regex = RegexOfOneGroup(call, error);
  if (regex == nullptr) return error;
  const int group = regex->NumberOfCapturingGroups();
  Matches matches(*regex, call.String(0), group);
  const Groups* const match = matches.Next();
  if (match == nullptr) return Value::None();
  const re2::StringPiece& piece = (*match)[static_cast<std::size_t>(group)];
  if (piece.data() == nullptr) return Value::None();
  return Value::Some(call.arena(), Value::String(View(piece)));
}

Value ExtractAll(CallContext& call) {
  Value error;
  const re2::RE2* const regex = RegexOfOneGroup(call, error);
  if (regex == nullptr) return error;
  return CollectMatches(call, *regex, regex->NumberOfCapturingGroups(), kNoLimit);
}

constexpr Builtin kRows[] = {
    {"string.find(string) -> string", Find, Cost::kRegex},
    {"string.findAll(string) -> list(string)", FindAll, Cost::kRegex},
    {"string.findAll(string, int) -> list(string)", FindAllLimited, Cost::kRegex},
};

constexpr Builtin kExtended[] = {
    {"regex.replace(string, string, string) -> string", Replace, Cost::kRegex},
    {"regex.replace(string, string, string, int) -> string", ReplaceLimited, Cost::kRegex},
    {"regex.extract(string, string) -> optional_type(string)", Extract, Cost::kRegex},
    {"regex.extractAll(string, string) -> list(string)", ExtractAll, Cost::kRegex},
};

}  // namespace

std::span<const Builtin> RegexFunctions() { return kRows; }
std::span<const Builtin> ExtendedRegexFunctions() { return kExtended; }

}  // namespace restorable::cel
