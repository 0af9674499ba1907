#include "yaml/mask.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace restorable::yaml {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";
constexpr char kFiller = 'T';

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

// Where the action that begins at `begin` ends; nothing when it is not closed.
// Strings and comments may contain what else would close it.
std::optional<std::size_t> ActionEnd(std::string_view text, std::size_t begin) {
  std::size_t i = begin + kOpen.size();
  if (i < text.size() && text[i] == '-')
    ++i;
  while (i < text.size() && (IsBlank(text[i]) || text[i] == '\n'))
    ++i;
  if (text.substr(i).starts_with("/*")) {
    i = text.find("*/", i + 2);
    if (i == std::string_view::npos)
      return std::nullopt;
    i += 2;
  }
  while (i < text.size()) {
    const char c = text[i];
    if (text.substr(i).starts_with(kClose))
      return i + kClose.size();
    if (c == '"' || c == '\'' || c == '`') {
      for (++i; i < text.size() && text[i] != c; ++i) {
        if (text[i] == '\\' && c != '`')
          ++i;
      }
      if (i >= text.size())
        return std::nullopt;
    }
    ++i;
  }
  return std::nullopt;
}

// The words of an action, without its braces and dashes.
std::string_view Content(std::string_view action) {
  action.remove_prefix(kOpen.size());
  action.remove_suffix(kClose.size());
  if (action.starts_with('-'))
    action.remove_prefix(1);
  if (action.ends_with('-'))
    action.remove_suffix(1);
  const std::size_t begin = action.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos)
    return {};
  return action.substr(begin, action.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string_view FirstWord(std::string_view content) {
  return content.substr(
      0, static_cast<std::size_t>(
             std::find_if_not(content.begin(), content.end(), IsWordByte) -
             content.begin()));
}

bool OpensBlock(std::string_view word) {
  return word == "if" || word == "range" || word == "with" ||
         word == "define" || word == "block";
}

bool WritesNothing(std::string_view content) {
  constexpr std::array<std::string_view, 4> kWords = {"else", "end", "break",
                                                      "continue"};
  const std::string_view word = FirstWord(content);
  if (content.empty() || content.starts_with("/*") || OpensBlock(word))
    return true;
  if (std::find(kWords.begin(), kWords.end(), word) != kWords.end())
    return true;
  // $x := …, $x = …
  const std::size_t equals = content.find('=');
  return content.starts_with('$') && equals != std::string_view::npos &&
         content.find_first_of("|(\"") > equals;
}

// The N of `… | nindent N` or `… | indent N`.
std::optional<std::uint32_t> Indent(std::string_view content) {
  const std::size_t at = content.rfind("indent ");
  if (at == std::string_view::npos)
    return std::nullopt;
  const std::string_view digits =
      content.substr(content.find_first_not_of(' ', at + 7));
  std::uint32_t indent = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), indent)
          .ec != std::errc()) {
    return std::nullopt;
  }
  return indent;
}

class Masker {
public:
  Masker(FileId file, std::string_view text) : file_(file), source_(text) {
    out_.text = text;
  }

  MaskedText Run() {
    FindActions();
    for (std::size_t i = 0; i < out_.actions.size();)
      i = MaskLineFrom(i);
    return std::move(out_);
  }

private:
  std::string_view Text(Range range) const {
    return source_.substr(range.begin, range.size());
  }

  void FindActions() {
    std::vector<std::uint32_t>
        open; // where the blocks begin that are not ended yet
    for (std::size_t i = source_.find(kOpen); i != std::string_view::npos;
         i = source_.find(kOpen, i)) {
      const auto end = ActionEnd(source_, i);
      if (!end)
        return;
      Action action;
      action.range = {file_, static_cast<std::uint32_t>(i),
                      static_cast<std::uint32_t>(*end)};
      const std::string_view content = Content(Text(action.range));
      const std::string_view word = FirstWord(content);
      if (WritesNothing(content))
        action.role = Action::Role::kControl;
      if (OpensBlock(word))
        open.push_back(action.range.begin);
      if (word == "end" && !open.empty()) {
        out_.conditional.push_back({file_, open.back(), action.range.end});
        open.pop_back();
      }
      out_.actions.push_back(action);
      i = *end;
    }
  }

  std::size_t LineBegin(std::size_t offset) const {
    const std::size_t newline =
        offset == 0 ? source_.npos : source_.rfind('\n', offset - 1);
    return newline == source_.npos ? 0 : newline + 1;
  }
  std::size_t LineEnd(std::size_t offset) const {
    return std::min(source_.find('\n', offset), source_.size());
  }

  // Masks the actions of one line, from number `first` on, and gives the number
  // of the next one. An action over several lines makes one line of them.
  std::size_t MaskLineFrom(std::size_t first) {
    const std::size_t begin = LineBegin(out_.actions[first].range.begin);
    std::size_t last = first;
    std::size_t end = LineEnd(out_.actions[first].range.end);
    while (last + 1 < out_.actions.size() &&
           out_.actions[last + 1].range.begin < end) {
      ++last;
      end = LineEnd(out_.actions[last].range.end);
    }
    const bool alone = OnlyActions(begin, end, first, last);
    for (std::size_t i = first; i <= last; ++i)
      MaskAction(out_.actions[i], alone);
    return last + 1;
  }

  bool OnlyActions(std::size_t begin, std::size_t end, std::size_t first,
                   std::size_t last) const {
    std::size_t at = begin;
    for (std::size_t i = first; i <= last + 1; ++i) {
      const std::size_t until = i > last ? end : out_.actions[i].range.begin;
      for (; at < until; ++at) {
        if (!IsBlank(source_[at]))
          return false;
      }
      if (i <= last)
        at = out_.actions[i].range.end;
    }
    return true;
  }

  void MaskAction(Action &action, bool alone) {
    if (alone && action.role == Action::Role::kValue) {
      action.role = Action::Role::kLines;
      action.indent = Indent(Content(Text(action.range)));
    }
    const char filler = action.role == Action::Role::kValue ? kFiller : ' ';
    std::fill(out_.text.begin() + action.range.begin,
              out_.text.begin() + action.range.end, filler);
  }

  FileId file_;
  std::string_view source_;
  MaskedText out_;
};

} // namespace

bool HasActions(std::string_view text) {
  return text.find(kOpen) != std::string_view::npos;
}

MaskedText Mask(FileId file, std::string_view text) {
  return Masker(file, text).Run();
}

const Action *FindAction(const std::vector<Action> &actions, Range range) {
  const auto found =
      std::lower_bound(actions.begin(), actions.end(), range.begin,
                       [](const Action &action, std::uint32_t begin) {
                         return action.range.end <= begin;
                       });
  return found != actions.end() && found->range.begin < range.end ? &*found
                                                                  : nullptr;
}

} // namespace restorable::yaml
