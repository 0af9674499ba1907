#include "report/sarif_text.h"

#include <fmt/format.h>

#include "report/printable.h"

namespace restorable::report {
namespace {

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

// Section 3.11.6: brackets that are no link are escaped, and so is the backslash.
std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string SarifText(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = Printable(text.substr(0, end));
    // Only "](" makes a link: elsewhere brackets read better as they are.
    out += line.find("](") == std::string::npos ? line : Escaped(line);
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string SarifLink(std::string_view text, std::size_t id) {
  return fmt::format(" See [{}]({}).", Escaped(Printable(text)), id);
}

std::string Sentence(std::string_view message) {
  std::string out(message);
  const bool ends = !out.empty() && std::string_view(".!?").find(out.back()) != std::string::npos;
  if (!out.empty() && !ends) out += '.';
  return out;
}

std::string PascalCase(std::string_view name) {
  std::string out;
  bool at_word = true;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == '.') {
      at_word = true;
      continue;
    }
    out += at_word ? Upper(c) : c;
    at_word = false;
  }
  return out;
}

}  // namespace restorable::report
