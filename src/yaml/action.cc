#include "yaml/action.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace restorable::yaml {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Where the string that begins at `begin` ends; nothing when it does not. Only raw strings may
// contain line breaks and backslashes.
std::optional<std::size_t> FindStringEnd(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  if (quote == '`') {
    const std::size_t end = text.find('`', begin + 1);
    return end == std::string_view::npos ? std::nullopt : std::optional(end + 1);
  }
  for (std::size_t i = begin + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == quote) return i + 1;
    if (text[i] == '\\') ++i;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> FindActionEnd(std::string_view text, std::size_t begin) {
  const auto close_from = [&](std::size_t at) -> std::optional<std::size_t> {
    const std::size_t close = text.find("}}", at);
    if (close == std::string_view::npos) return std::nullopt;
    return close + 2;
  };
  std::size_t at = begin + 2;
  if (at < text.size() && text[at] == '-') ++at;
  at = std::min(text.find_first_not_of(kSpaces, at), text.size());
  if (text.substr(at).starts_with("/*")) {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? std::nullopt : close_from(end);
  }
  while ((at = text.find_first_of("\"'`}", at)) != std::string_view::npos) {
    if (text[at] == '}') {
      if (text.substr(at).starts_with("}}")) return at + 2;
      ++at;
      continue;
    }
    const std::optional<std::size_t> end = FindStringEnd(text, at);
    // An apostrophe or a quote without its partner is no string.
    if (!end) return close_from(at);
    at = *end;
  }
  return std::nullopt;
}

ActionText::ActionText(std::string_view action) {
  content_ = action.substr(2, action.size() - 4);
  if (content_.starts_with('-')) content_.remove_prefix(1);
  if (content_.ends_with('-')) content_.remove_suffix(1);
  const std::size_t begin = std::min(content_.find_first_not_of(kSpaces), content_.size());
  content_.remove_prefix(begin);
  const std::size_t end = content_.find_last_not_of(kSpaces);
  content_ = content_.substr(0, end == std::string_view::npos ? 0 : end + 1);
  const auto* const word_end = std::find_if_not(content_.begin(), content_.end(), IsWordByte);
  word_ = content_.substr(0, static_cast<std::size_t>(word_end - content_.begin()));
}

bool ActionText::OpensBlock() const {
  constexpr std::array<std::string_view, 5> kWords = {"block", "define", "if", "range", "with"};
  return std::find(kWords.begin(), kWords.end(), word_) != kWords.end();
}

bool ActionText::WritesNothing() const {
  constexpr std::array<std::string_view, 4> kWords = {"break", "continue", "else", "end"};
  if (content_.empty() || IsComment() || OpensBlock()) return true;
  if (std::find(kWords.begin(), kWords.end(), word_) != kWords.end()) return true;
  // $name := …, $name = …
  if (!content_.starts_with('$')) return false;
  const auto* const name_end = std::find_if_not(content_.begin() + 1, content_.end(), IsWordByte);
  std::string_view rest = content_.substr(static_cast<std::size_t>(name_end - content_.begin()));
  rest.remove_prefix(std::min(rest.find_first_not_of(kSpaces), rest.size()));
  return rest.starts_with(":=") || (rest.starts_with('=') && !rest.starts_with("=="));
}

std::optional<std::uint32_t> ActionText::Indent() const {
  constexpr std::string_view kFunction = "indent";
  const std::size_t at = content_.rfind(kFunction);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view argument = content_.substr(at + kFunction.size());
  argument.remove_prefix(std::min(argument.find_first_not_of(kSpaces), argument.size()));
  std::uint32_t indent = 0;
  const char* const end = argument.data() + argument.size();
  if (std::from_chars(argument.data(), end, indent).ec != std::errc()) return std::nullopt;
  return indent;
}

bool ActionText::BreaksLine() const { return content_.find("nindent") != std::string_view::npos; }

}  // namespace restorable::yaml
