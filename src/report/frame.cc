#include "report/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "report/place.h"
#include "report/printable.h"

namespace restorable::report {
namespace {

constexpr std::size_t kTabColumns = 4;
constexpr std::size_t kFewestColumns = 20;  // of source, however narrow the terminal
constexpr std::string_view kCut = "...";

// A piece of a source line, as shown.
struct Cell {
  std::string text;
  std::size_t columns = 1;
  bool marked = false;
};

// The part of a line near its marked bytes: enough to fill any window, however long the line is.
struct Slice {
  std::string_view text;
  std::size_t begin = 0;  // of the marked bytes, within text
  std::size_t end = 0;
  bool cut_before = false;
  bool cut_after = false;
};

bool StartsCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

Slice SliceAround(std::string_view line, std::size_t begin, std::size_t end, std::size_t columns) {
  // Four bytes a code point, and combining marks beside it.
  const std::size_t reach = columns * 16;
  std::size_t from = begin > reach ? begin - reach : 0;
  while (from > 0 && from < begin && !StartsCodePoint(line[from])) ++from;
  std::size_t to = std::min(line.size(), begin + reach);
  while (to < line.size() && !StartsCodePoint(line[to])) ++to;
  return {.text = line.substr(from, to - from),
          .begin = begin - from,
          .end = std::min(end, to) - from,
          .cut_before = from > 0,
          .cut_after = to < line.size()};
}

std::vector<Cell> Cells(const Slice& slice) {
  // An empty range is marked where it stands, be it behind the last character.
  const std::size_t end = std::max(slice.end, slice.begin + 1);
  const auto marked = [&](std::size_t offset) { return offset >= slice.begin && offset < end; };
  std::vector<Cell> cells;
  for (std::size_t offset = 0; offset < slice.text.size();) {
    const std::size_t at = offset;
    if (slice.text[at] == '\t') {
      ++offset;
      cells.push_back({std::string(kTabColumns, ' '), kTabColumns, marked(at)});
    } else {
      Glyph glyph = NextGlyph(slice.text, offset);
      cells.push_back({std::move(glyph.text), glyph.columns, marked(at)});
    }
  }
  cells.push_back({" ", 1, marked(slice.text.size())});
  return cells;
}

std::size_t TotalColumns(const std::vector<Cell>& cells) {
  std::size_t total = 0;
  for (const Cell& cell : cells) total += cell.columns;
  return total;
}

struct Window {
  std::size_t first = 0;
  std::size_t last = 0;  // one past
};

// The cells to show: a third of the room before the mark, the rest from its first cell on.
Window Choose(const std::vector<Cell>& cells, std::size_t columns) {
  const auto marked = std::ranges::find(cells, true, &Cell::marked);
  const auto mark = static_cast<std::size_t>(marked - cells.begin());
  Window window{mark, mark};
  std::size_t used = 0;
  const auto extend_left = [&](std::size_t room) {
    while (window.first > 0 && used + cells[window.first - 1].columns <= room) {
      used += cells[--window.first].columns;
    }
  };
  extend_left(columns / 3);
  while (window.last < cells.size() && used + cells[window.last].columns <= columns) {
    used += cells[window.last++].columns;
  }
  extend_left(columns);
  return window;
}

struct ShownLine {
  std::string source;
  std::string underline;
};

ShownLine Show(std::string_view line, std::size_t begin, std::size_t end, std::size_t columns) {
  const Slice slice = SliceAround(line, begin, end, columns);
  const std::vector<Cell> cells = Cells(slice);
  Window window{0, cells.size()};
  const bool fits = !slice.cut_before && !slice.cut_after && TotalColumns(cells) <= columns;
  if (!fits) window = Choose(cells, columns - 2 * kCut.size());
  const bool cut_before = slice.cut_before || window.first > 0;
  const bool cut_after = slice.cut_after || window.last < cells.size();

  ShownLine shown;
  if (cut_before) {
    shown.source += kCut;
    shown.underline.append(kCut.size(), ' ');
  }
  for (std::size_t i = window.first; i < window.last; ++i) {
    shown.source += cells[i].text;
    shown.underline.append(cells[i].columns, cells[i].marked ? '^' : ' ');
  }
  if (cut_after) shown.source += kCut;
  shown.underline.resize(shown.underline.find_last_not_of(' ') + 1);
  shown.source.resize(shown.source.find_last_not_of(' ') + 1);
  return shown;
}

// Builds the lines behind one gutter.
class Writer {
 public:
  Writer(const SourceFile& file, const Style& style, std::string_view mark_color,
         std::size_t indent, std::uint32_t last_line)
      : file_(file),
        style_(style),
        mark_color_(mark_color),
        indent_(indent),
        digits_(std::max<std::size_t>(2, fmt::formatted_size("{}", last_line))) {
    const std::size_t gutter = indent_ + digits_ + 3;
    columns_ = std::max(style.width, gutter + kFewestColumns) - gutter;
  }

  void UnderlinedLine(std::uint32_t number, std::size_t begin, std::size_t end) {
    const ShownLine shown = Show(file_.Line(number), begin, end, columns_);
    Line(fmt::format("{:>{}}", number, digits_), '|', shown.source);
    Line(std::string(digits_, ' '), '|', style_.Painted(mark_color_, shown.underline));
  }

  void MarginLines(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t number = first; number <= last; ++number) {
      const std::string source = Show(file_.Line(number), 0, 0, columns_).source;
      Line(fmt::format("{:>{}}", number, digits_), '>', source);
    }
  }

  void Gap() {
    out_.append(indent_, ' ').append(style_.Painted(style_.palette->faint, "...")) += '\n';
  }

  [[nodiscard]] std::string Finish() && { return std::move(out_); }

 private:
  void Line(std::string_view number, char rule, std::string_view text) {
    out_.append(indent_, ' ');
    out_ += style_.Painted(style_.palette->faint, fmt::format("{} {}", number, rule));
    if (!text.empty()) out_.append(" ").append(text);
    out_ += '\n';
  }

  const SourceFile& file_;
  const Style& style_;
  std::string_view mark_color_;
  std::size_t indent_;
  std::size_t digits_;
  std::size_t columns_ = 0;
  std::string out_;
};

}  // namespace

std::string Frame(const SourceFile& file, Range range, const Style& style,
                  std::string_view mark_color, std::size_t indent) {
  constexpr std::uint32_t kMostLines = 5;  // of a range; of more, the first three and the last
  if (!file.has_text()) return {};
  range = TrimmedRange(file, range);
  const std::uint32_t first = file.PositionAt(range.begin).line;
  const std::uint32_t last = file.PositionAt(range.end).line;
  Writer writer(file, style, mark_color, indent, last);
  if (first == last) {
    const std::uint32_t line_begin = file.LineOffset(first);
    const std::size_t length = file.Line(first).size();
    writer.UnderlinedLine(first, std::min<std::size_t>(range.begin - line_begin, length),
                          std::min<std::size_t>(range.end - line_begin, length));
  } else if (last - first < kMostLines) {
    writer.MarginLines(first, last);
  } else {
    writer.MarginLines(first, first + 2);
    writer.Gap();
    writer.MarginLines(last, last);
  }
  return std::move(writer).Finish();
}

}  // namespace restorable::report
