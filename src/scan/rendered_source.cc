#include "scan/rendered_source.h"

namespace restorable::scan {
namespace {

constexpr std::string_view kSourceComment = "# Source: ";
constexpr std::string_view kBlank = " \t";

// Without indentation, list dashes and trailing blanks.
std::string_view Content(std::string_view line) {
  while (!line.empty()) {
    const std::size_t begin = line.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return {};
    line.remove_prefix(begin);
    if (!line.starts_with("- ")) break;
    line.remove_prefix(2);
  }
  const std::size_t last = line.find_last_not_of(kBlank);
  return line.substr(0, last + 1);
}

// "skuName:" of "skuName: {{ .Values.sku }}"; empty when the line has no key of its own.
std::string_view Key(std::string_view content) {
  const std::size_t colon = content.find(':');
  if (colon == std::string_view::npos || content.starts_with("{{")) return {};
  const bool ends = colon + 1 == content.size() || kBlank.find(content[colon + 1]) != kBlank.npos;
  return ends ? content.substr(0, colon + 1) : std::string_view();
}

// The only line for which `matches` holds.
template <typename Matches>
std::optional<std::uint32_t> OnlyLine(const SourceFile& source, Matches matches) {
  std::optional<std::uint32_t> found;
  for (std::uint32_t line = 1; line <= source.LineCount(); ++line) {
    if (!matches(Content(source.Line(line)))) continue;
    if (found) return std::nullopt;
    found = line;
  }
  return found;
}

Range ContentRange(const SourceFile& source, std::uint32_t line) {
  const std::string_view text = source.Line(line);
  const std::string_view content = Content(text);
  const std::uint32_t begin =
      source.LineOffset(line) + static_cast<std::uint32_t>(content.data() - text.data());
  return {source.id(), begin, begin + static_cast<std::uint32_t>(content.size())};
}

}  // namespace

std::string_view TemplateName(std::string_view rendered, std::uint32_t offset) {
  std::size_t at = rendered.substr(0, offset).rfind(kSourceComment);
  if (at == std::string_view::npos || (at > 0 && rendered[at - 1] != '\n')) return {};
  at += kSourceComment.size();
  const std::string_view rest = rendered.substr(at);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

std::optional<Range> FindRenderedLine(const SourceFile& rendered, std::uint32_t offset,
                                      const SourceFile& source) {
  const std::string_view wanted = Content(rendered.Line(rendered.PositionAt(offset).line));
  if (wanted.empty()) return std::nullopt;
  auto line = OnlyLine(source, [&](std::string_view content) { return content == wanted; });
  if (!line) {
    const std::string_view key = Key(wanted);
    if (key.empty()) return std::nullopt;
    line = OnlyLine(source, [&](std::string_view content) { return Key(content) == key; });
  }
  if (!line) return std::nullopt;
  return ContentRange(source, *line);
}

}  // namespace restorable::scan
