#include "report/wrap.h"

#include <algorithm>

#include "report/printable.h"

namespace restorable::report {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// Appends the words of one paragraph; `column` is where the last line ends.
void AppendParagraph(std::string& out, std::string_view paragraph, std::size_t width,
                     std::size_t indent) {
  std::size_t column = indent;
  bool first_word = true;
  for (std::size_t at = paragraph.find_first_not_of(kSpaces); at != std::string_view::npos;) {
    const std::size_t end = std::min(paragraph.find_first_of(kSpaces, at), paragraph.size());
    const std::string word = AtLineStart(Printable(paragraph.substr(at, end - at)));
    const std::size_t columns = Columns(word);
    if (!first_word && column + 1 + columns > width) {
      out.append("\n").append(indent, ' ');
      column = indent;
    } else if (!first_word) {
      out += ' ';
      ++column;
    }
    out += word;
    column += columns;
    first_word = false;
    at = paragraph.find_first_not_of(kSpaces, end);
  }
}

}  // namespace

std::string Wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    if (!out.empty()) out.append("\n\n").append(indent, ' ');
    AppendParagraph(out, text.substr(0, end), width, indent);
    text.remove_prefix(end);
    text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  }
  return out;
}

}  // namespace restorable::report
