#include "policy/suppression.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "policy/configuration.h"
#include "policy/diagnostics.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kUntil = "until=";

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = text.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return words;
    const std::size_t end = std::min(text.find_first_of(" \t,", begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
}

class CommentReader {
 public:
  CommentReader(Range range, const RuleSet& rules, std::vector<Diagnostic>& diagnostics)
      : range_(range), rules_(rules), diagnostics_(diagnostics) {}

  std::optional<SuppressionComment> Read(std::string_view comment) {
    SuppressionComment suppression;
    suppression.range = range_;
    comment.remove_prefix(comment.find(kSuppressionMarker) + kSuppressionMarker.size());
    const std::size_t dashes = comment.find("--");
    if (dashes == std::string_view::npos) return Fail("there is no ` -- ` with a reason behind it");
    std::string_view reason = Trim(comment.substr(dashes + 2));
    if (const std::size_t at = reason.rfind(kUntil);
        at != std::string_view::npos && reason.find(' ', at) == std::string_view::npos) {
      if (!ReadUntil(reason.substr(at), suppression)) return std::nullopt;
      reason = Trim(reason.substr(0, at));
    }
    if (reason.empty()) return Fail("the reason is missing");
    suppression.reason = reason;
    for (const std::string_view word : Words(comment.substr(0, dashes))) {
      const bool read =
          word.starts_with(kUntil) ? ReadUntil(word, suppression) : ReadRule(word, suppression);
      if (!read) return std::nullopt;
    }
    if (suppression.rules.empty()) return Fail("it names no rule");
    return suppression;
  }

 private:
  std::nullopt_t Fail(std::string why) {
    diagnostics_.push_back({&kSuppressionSyntax, range_, {std::move(why)}, {}});
    return std::nullopt;
  }

  bool ReadUntil(std::string_view word, SuppressionComment& suppression) {
    const std::string_view date = word.substr(kUntil.size());
    if (!IsDate(date)) {
      diagnostics_.push_back({&kBadDate, range_, {std::string(date)}, {}});
      return false;
    }
    suppression.until = date;
    return true;
  }

  bool ReadRule(std::string_view word, SuppressionComment& suppression) {
    if (const Rule* const rule = rules_.Find(word)) {
      suppression.rules.push_back(rule);
      return true;
    }
    std::vector<std::string_view> names;
    for (const Rule& rule : rules_.rules()) {
      names.push_back(rule.id);
      names.push_back(rule.name);
    }
    const auto nearest = NearestName(word, names);
    const std::string hint = nearest ? "; did you mean `" + std::string(*nearest) + "`?" : "";
    diagnostics_.push_back({&kSuppressionRule, range_, {std::string(word), hint}, {}});
    return false;
  }

  Range range_;
  const RuleSet& rules_;
  std::vector<Diagnostic>& diagnostics_;
};

// The outermost entry or item of a document, below its root, that begins on a
// line.
class ScopeFinder {
 public:
  ScopeFinder(std::uint32_t line_begin, std::uint32_t line_end)
      : line_begin_(line_begin), line_end_(line_end) {}

  std::optional<Range> Find(Value value) {
    if (value.IsMap()) {
      for (const MapEntry& entry : value.AsMap()) {
        Range whole = entry.key.range();
        whole.end = std::max(whole.end, entry.value.range().end);
        // What came through an alias stands, and is suppressed, where it was
        // written.
        const bool elsewhere =
            entry.key.via() != OriginId::kNone || entry.value.via() != OriginId::kNone;
        if (elsewhere) whole = entry.key.range();
        if (BeginsOnLine(whole)) return whole;
        if (elsewhere || !Reaches(whole)) continue;
        if (const auto inner = Find(entry.value)) return inner;
      }
    } else if (value.IsList()) {
      for (const Value& item : value.AsList()) {
        if (item.via() != OriginId::kNone) continue;
        if (BeginsOnLine(item.range())) return item.range();
        if (!Reaches(item.range())) continue;
        if (const auto inner = Find(item)) return inner;
      }
    }
    return std::nullopt;
  }

 private:
  bool BeginsOnLine(Range range) const {
    return line_begin_ <= range.begin && range.begin < line_end_;
  }
  bool Reaches(Range range) const { return range.begin < line_end_ && line_begin_ < range.end; }

  std::uint32_t line_begin_;
  std::uint32_t line_end_;
};

bool SaysNothing(std::string_view line) {
  const std::string_view text = Trim(line);
  return text.empty() || text.starts_with('#') || text.starts_with("---");
}

// Where a comment of the document counts; empty when nothing comes after it.
Range ScopeOf(const SourceFile& file, const yaml::Document& document, Range comment) {
  std::uint32_t line = file.PositionAt(comment.begin).line;
  const std::uint32_t begin = file.LineOffset(line);
  const std::string_view before = file.Text({file.id(), begin, comment.begin});
  if (Trim(before).empty() || Trim(before) == "---") {
    const std::uint32_t first = file.PositionAt(document.range.begin).line;
    bool at_head = true;
    for (std::uint32_t i = first; i < line && at_head; ++i) at_head = SaysNothing(file.Line(i));
    if (at_head) return document.range;
    do {
      ++line;
    } while (line <= file.LineCount() && SaysNothing(file.Line(line)));
  }
  const std::uint32_t line_begin = file.LineOffset(line);
  const std::uint32_t line_end = std::min(file.LineOffset(line + 1), document.range.end);
  const auto found = ScopeFinder(line_begin, line_end).Find(document.root);
  // In the middle of a text over several lines: the line alone.
  return found.value_or(Range{file.id(), line_begin, std::max(line_begin, line_end)});
}

}  // namespace

std::optional<SuppressionComment> ReadSuppression(std::string_view comment, Range range,
                                                  const RuleSet& rules,
                                                  std::vector<Diagnostic>& diagnostics) {
  return CommentReader(range, rules, diagnostics).Read(comment);
}

std::vector<SuppressionComment> FindSuppressions(const SourceFile& file,
                                                 const yaml::Document& document,
                                                 const RuleSet& rules,
                                                 std::vector<Diagnostic>& diagnostics) {
  std::vector<SuppressionComment> found;
  for (const Range comment : yaml::FindComments(file, document, kSuppressionMarker)) {
    auto suppression = ReadSuppression(file.Text(comment), comment, rules, diagnostics);
    if (!suppression) continue;
    suppression->scope = ScopeOf(file, document, comment);
    found.push_back(std::move(*suppression));
  }
  return found;
}

}  // namespace restorable::policy
