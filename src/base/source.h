#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"

namespace restorable {

// 1-based; the column counts Unicode code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

// A text and the name under which a report speaks of it. Owns the text and never moves it, so trees
// and values may point into it.
class SourceFile {
 public:
  // `path` is what reports print: relative to the working directory, with `/`.
  SourceFile(FileId id, std::string path, std::string text);
  // A file of which nothing is known but where some of its places stand: offset N is the Nth of
  // them. They are sorted.
  SourceFile(FileId id, std::string path, std::vector<Position> places);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  [[nodiscard]] FileId id() const { return id_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  // False if `text` only stands for places.
  [[nodiscard]] bool has_text() const { return places_.empty(); }
  [[nodiscard]] std::string_view Text(Range range) const;
  [[nodiscard]] Range WholeRange() const;

  // Lines end with LF, CRLF or CR; a byte order mark stands before the first. Thread-safe: the
  // table is made at the first question.
  [[nodiscard]] Position PositionAt(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t LineCount() const;
  // The text of a 1-based line without its line end; empty past the last one.
  [[nodiscard]] std::string_view Line(std::uint32_t line) const;
  // Where a 1-based line begins.
  [[nodiscard]] std::uint32_t LineOffset(std::uint32_t line) const;

 private:
  [[nodiscard]] const std::vector<std::uint32_t>& LineBegins() const;

  FileId id_;
  std::string path_;
  std::string text_;
  std::vector<Position> places_;
  mutable std::once_flag lines_once_;
  mutable std::vector<std::uint32_t> line_begins_;
};

}  // namespace restorable
