#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "terraform/functions.h"

namespace restorable::terraform {
namespace {

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

std::unique_ptr<re2::RE2> Compile(std::string_view pattern) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(8 << 20);
  return std::make_unique<re2::RE2>(Piece(pattern), options);
}

struct Groups {
  std::vector<re2::StringPiece> texts;

  // What a match is worth: its text, a list of its groups, or a map of its named groups.
  [[nodiscard]] Value Result(Call& call, const re2::RE2& regex) const {
    const auto text = [&](std::size_t i) {
      if (texts[i].data() == nullptr) return Value::Null();
      return call.context.String({texts[i].data(), texts[i].size()}).At(call.range());
    };
    if (texts.size() == 1) return text(0);
    if (regex.NamedCapturingGroups().empty()) {
      std::vector<Value> items;
      for (std::size_t i = 1; i < texts.size(); ++i) items.push_back(text(i));
      return call.Return(call.context.List(items));
    }
    std::vector<MapEntry> entries;
    for (const auto& [name, index] : regex.NamedCapturingGroups()) {
      entries.push_back({call.context.String(name), text(static_cast<std::size_t>(index))});
    }
    return call.Return(call.context.Map(entries));
  }
};

bool Match(const re2::RE2& regex, std::string_view text, std::size_t from, Groups& groups) {
  groups.texts.assign(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1, {});
  return regex.Match(Piece(text), from, text.size(), re2::RE2::UNANCHORED, groups.texts.data(),
                     static_cast<int>(groups.texts.size()));
}

// Calls `found` for each match that does not overlap one before it, or stand empty at its end. An
// empty match moves on by one character. False once the steps are spent: each search may look at
// all that is left.
template <typename Found>
bool ForEachMatch(Context& context, const re2::RE2& regex, std::string_view text, Found found) {
  constexpr std::size_t kBytesOfStep = 256;
  Groups groups;
  std::size_t from = 0;
  std::size_t last_end = std::string_view::npos;
  while (from <= text.size() && Match(regex, text, from, groups)) {
    if (!context.Spend(1 + (text.size() - from) / kBytesOfStep)) return false;
    const auto begin = static_cast<std::size_t>(groups.texts[0].data() - text.data());
    const std::size_t end = begin + groups.texts[0].size();
    if (begin != end || begin != last_end) found(groups, begin, end);
    last_end = end;
    from = end;
    if (begin != end) continue;
    do {
      ++from;
    } while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80);
  }
  return true;
}

bool IsWordPart(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Puts in the groups that `$1`, `${1}`, `$name` and `${name}` name; `$$` is a dollar sign.
void Expand(const re2::RE2& regex, const Groups& groups, std::string_view with, std::string& out) {
  for (std::size_t i = 0; i < with.size(); ++i) {
    if (with[i] != '$' || i + 1 == with.size()) {
      out += with[i];
      continue;
    }
    if (with[i + 1] == '$') {
      out += with[++i];
      continue;
    }
    const bool braces = with[i + 1] == '{';
    const std::size_t begin = i + (braces ? 2 : 1);
    std::size_t end = begin;
    while (end < with.size() && IsWordPart(with[end])) ++end;
    if (end == begin || (braces && (end == with.size() || with[end] != '}'))) {
      out += '$';
      continue;
    }
    const std::string name(with.substr(begin, end - begin));
    const auto named = regex.NamedCapturingGroups().find(name);
    const bool digits = name.find_first_not_of("0123456789") == std::string::npos;
    std::size_t index = groups.texts.size();
    if (digits && name.size() < 4) {
      index = std::stoul(name);
    } else if (named != regex.NamedCapturingGroups().end()) {
      index = static_cast<std::size_t>(named->second);
    }
    if (index < groups.texts.size())
      out.append(groups.texts[index].data(), groups.texts[index].size());
    i = braces ? end : end - 1;
  }
}

std::optional<std::string> ReplaceMatches(Context& context, const re2::RE2& regex,
                                          std::string_view text, std::string_view with) {
  std::string out;
  std::size_t copied = 0;
  const bool all = ForEachMatch(context, regex, text,
                                [&](const Groups& groups, std::size_t begin, std::size_t end) {
                                  out += text.substr(copied, begin - copied);
                                  Expand(regex, groups, with, out);
                                  copied = end;
                                });
  if (!all || out.size() > context.limits.file_bytes) return std::nullopt;
  return out.append(text.substr(copied));
}

std::string ReplaceText(std::string_view text, std::string_view what, std::string_view with) {
  std::string out;
  std::size_t from = 0;
  while (true) {
    const std::size_t found = what.empty() ? from : text.find(what, from);
    if (found == std::string_view::npos || (what.empty() && from > text.size())) break;
    out.append(text.substr(from, found - from)).append(with);
    from = found + what.size();
    if (!what.empty()) continue;
    if (from < text.size()) out += text[from];
    ++from;
  }
  return from < text.size() ? out.append(text.substr(from)) : out;
}

}  // namespace

Value Regex(Call& call) {
  const auto regex = Compile(call.String(0));
  if (!regex->ok()) return call.Fail(regex->error());
  Groups groups;
  if (!Match(*regex, call.String(1), 0, groups)) return call.Fail("the pattern does not match");
  return groups.Result(call, *regex);
}

Value RegexAll(Call& call) {
  const auto regex = Compile(call.String(0));
  if (!regex->ok()) return call.Fail(regex->error());
  std::vector<Value> matches;
  const auto add = [&](const Groups& groups, std::size_t, std::size_t) {
    matches.push_back(groups.Result(call, *regex));
  };
  if (!ForEachMatch(call.context, *regex, call.String(1), add)) {
    return call.context.Limit("evaluation_steps", call.range());
  }
  return call.Return(call.context.List(matches, Shape::kUniform));
}

Value Replace(Call& call) {
  const std::string_view what = call.String(1);
  const std::size_t growth = (call[0].size() + std::size_t{1}) * (call[2].size() + std::size_t{1});
  if (growth > call.context.limits.file_bytes) return call.context.Limit("file_bytes");
  if (what.size() > 1 && what.starts_with('/') && what.ends_with('/')) {
    const auto regex = Compile(what.substr(1, what.size() - 2));
    if (!regex->ok()) return call.Fail(regex->error());
    const auto replaced = ReplaceMatches(call.context, *regex, call.String(0), call.String(2));
    if (!replaced.has_value()) return call.context.Limit("evaluation_steps", call.range());
    return call.Return(std::string_view(*replaced));
  }
  return call.Return(ReplaceText(call.String(0), what, call.String(2)));
}

}  // namespace restorable::terraform
