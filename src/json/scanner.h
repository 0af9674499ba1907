#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "json/parse.h"

// The characters of a JSON text: blanks, comments, strings and numbers. Not for other layers.
namespace restorable::json {

class Scanner {
 public:
  Scanner(const SourceFile& file, Arena& arena, const Options& options,
          std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] std::uint32_t offset() const { return offset_; }
  [[nodiscard]] bool AtEnd() const { return offset_ == text_.size(); }
  // The next byte; 0 at the end.
  [[nodiscard]] char Peek() const { return AtEnd() ? '\0' : text_[offset_]; }
  void Advance() { ++offset_; }

  // Passes blanks and, where they are allowed, comments. False after an error.
  [[nodiscard]] bool SkipBlanks();

  // Each reads one scalar at its first character and gives it with its range, the quotes included.
  // Nothing after an error.
  [[nodiscard]] std::optional<Value> ReadString();
  [[nodiscard]] std::optional<Value> ReadNumber();
  [[nodiscard]] std::optional<Value> ReadWord();

  // Passes the list or map that begins here, without a look at its scalars. False after an error.
  [[nodiscard]] bool SkipContainer(std::uint32_t nesting);

  // Reports that `what` should stand here.
  void ReportExpected(std::string_view what);
  void Report(const DiagnosticKind& kind, Range range, std::string argument);
  [[nodiscard]] Range RangeFrom(std::uint32_t begin) const { return {file_, begin, offset_}; }

 private:
  [[nodiscard]] bool SkipComment();
  [[nodiscard]] bool SkipString();
  [[nodiscard]] std::optional<Value> ReadEscapedString(std::uint32_t begin);
  [[nodiscard]] bool ReadEscape(std::string& out);
  [[nodiscard]] bool ReadUnicodeEscape(std::uint32_t begin, std::string& out);
  [[nodiscard]] std::optional<std::uint32_t> ReadFourHexDigits();
  [[nodiscard]] bool IsRawAllowed(char c) const;
  void ReportRaw();
  void ReportBadEscape(std::uint32_t begin);
  void SkipDigits();

  FileId file_;
  std::string_view text_;  // of the SourceFile
  std::uint32_t offset_ = 0;
  Arena& arena_;
  const Options& options_;
  std::vector<Diagnostic>& diagnostics_;
  std::string buffer_;
};

}  // namespace restorable::json
