#include "json/parse.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "json/diagnostics.h"
#include "json/scanner.h"
#include "value/key_index.h"

namespace restorable::json {
namespace {

class Parser {
 public:
  Parser(const SourceFile& file, Arena& arena, const Limits& limits, const Options& options,
         std::vector<Diagnostic>& diagnostics)
      : scanner_(file, arena, options, diagnostics),
        arena_(arena),
        limits_(limits),
        options_(options),
        diagnostics_(diagnostics) {}

  std::optional<Value> Run() {
    std::optional<Value> value;
    // Each turn reads one value, or what closes a container, which then is the value.
    do {
      value = ReadValue();
      if (!value) return std::nullopt;
      while (value && !open_.empty()) value = Attach(*value);
      if (failed_) return std::nullopt;
    } while (!open_.empty());
    if (!scanner_.SkipBlanks()) return std::nullopt;
    if (!scanner_.AtEnd()) {
      scanner_.ReportExpected("the end of the text");
      return std::nullopt;
    }
    return value;
  }

 private:
  struct Container {
    bool is_map = false;
    std::uint32_t begin = 0;
    std::size_t first = 0;  // of its items in items_ or entries_
  };

  // Opens containers until there is a scalar or an empty container.
  std::optional<Value> ReadValue() {
    while (true) {
      if (!scanner_.SkipBlanks()) return std::nullopt;
      if (++nodes_ > limits_.document_nodes) {
        scanner_.Report(kTooManyNodes, scanner_.RangeFrom(scanner_.offset()),
                        std::to_string(limits_.document_nodes));
        return std::nullopt;
      }
      if (options_.skip_managed_fields && IsManagedFields()) {
        if (!scanner_.SkipContainer(limits_.nesting)) return std::nullopt;
        return Value::Null();
      }
      switch (scanner_.Peek()) {
        case '"':
          return scanner_.ReadString();
        case '-':
        case '0':
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9':
          return scanner_.ReadNumber();
        case '{':
        case '[': {
          if (!Open()) return std::nullopt;
          const bool is_map = open_.back().is_map;
          if (!scanner_.SkipBlanks()) return std::nullopt;
          if (scanner_.Peek() == (is_map ? '}' : ']')) return Close();
          if (is_map && !ReadKey()) return std::nullopt;
          break;
        }
        default:
          return scanner_.ReadWord();
      }
    }
  }

  // Whether the value that comes is a container under `managedFields` of a map `metadata`.
  bool IsManagedFields() const {
    if (open_.size() < 2 || !open_.back().is_map || !open_[open_.size() - 2].is_map) return false;
    if (entries_.back().key.AsString() != "managedFields") return false;
    if (scanner_.Peek() != '[' && scanner_.Peek() != '{') return false;
    return entries_[open_.back().first - 1].key.AsString() == "metadata";
  }

  bool Open() {
    const bool is_map = scanner_.Peek() == '{';
    const std::uint32_t begin = scanner_.offset();
    scanner_.Advance();
    if (open_.size() >= limits_.nesting) {
      scanner_.Report(kTooDeep, scanner_.RangeFrom(begin), std::to_string(limits_.nesting));
      return false;
    }
    open_.push_back({is_map, begin, is_map ? entries_.size() : items_.size()});
    return true;
  }

  bool ReadKey() {
    if (!scanner_.SkipBlanks()) return false;
    if (scanner_.Peek() != '"') {
      scanner_.ReportExpected("a key in quotes");
      return false;
    }
    std::optional<Value> key = scanner_.ReadString();
    if (!key || !scanner_.SkipBlanks()) return false;
    if (scanner_.Peek() != ':') {
      scanner_.ReportExpected("`:`");
      return false;
    }
    scanner_.Advance();
    entries_.push_back({*key, {}});
    return true;
  }

  // Puts a finished value into the innermost container. Gives that container if this closed it;
  // nothing if another value is to be read first, or after an error.
  std::optional<Value> Attach(Value value) {
    const bool is_map = open_.back().is_map;
    if (is_map) {
      entries_.back().value = value;
    } else {
      items_.push_back(value);
    }
    if (!scanner_.SkipBlanks()) return Fail();
    const char c = scanner_.Peek();
    if (c == (is_map ? '}' : ']')) return Close();
    if (c != ',') {
      scanner_.ReportExpected(is_map ? "`,` or `}`" : "`,` or `]`");
      return Fail();
    }
    scanner_.Advance();
    if (options_.trailing_commas) {
      if (!scanner_.SkipBlanks()) return Fail();
      if (scanner_.Peek() == (is_map ? '}' : ']')) return Close();
    }
    if (is_map && !ReadKey()) return Fail();
    return std::nullopt;
  }

  std::nullopt_t Fail() {
    failed_ = true;
    return std::nullopt;
  }

  Value Close() {
    const Container container = open_.back();
    open_.pop_back();
    scanner_.Advance();
    Value value;
    if (container.is_map) {
      SettleEntries(container.first);
      const auto entries = std::span<const MapEntry>(entries_).subspan(container.first);
      value = Value::Map(arena_, arena_.Copy(entries));
      entries_.resize(container.first);
    } else {
      value = Value::List(arena_.Copy(std::span<const Value>(items_).subspan(container.first)));
      items_.resize(container.first);
    }
    return value.At(scanner_.RangeFrom(container.begin));
  }

  // Leaves each key once, in the place of its first entry and with the value of its last.
  void SettleEntries(std::size_t first) {
    const std::span<MapEntry> entries = std::span(entries_).subspan(first);
    std::size_t kept = 0;
    index_.Reset(entries.size());
    for (const MapEntry& entry : entries) {
      const std::size_t place = index_.Find(entries.first(kept), entry.key.AsString());
      if (place == kept) {
        ++kept;
      } else {
        ReportDuplicate(entries[place].key, entry.key);
      }
      entries[place] = entry;
    }
    entries_.resize(first + kept);
    if (!options_.drop_null_entries) return;
    const auto is_null = [](const MapEntry& entry) { return entry.value.IsNull(); };
    entries_.erase(std::remove_if(entries_.begin() + static_cast<std::ptrdiff_t>(first),
                                  entries_.end(), is_null),
                   entries_.end());
  }

  void ReportDuplicate(Value earlier, Value later) {
    if (diagnostics_.size() >= kMostWarnings) return;
    diagnostics_.push_back({&kDuplicateKey,
                            later.range(),
                            {std::string(later.AsString())},
                            {{earlier.range(), "first here"}}});
  }

  Scanner scanner_;
  Arena& arena_;
  const Limits& limits_;
  const Options& options_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Container> open_;
  std::vector<Value> items_;       // of all open lists, innermost last
  std::vector<MapEntry> entries_;  // of all open maps, likewise
  KeyIndex index_;
  std::uint32_t nodes_ = 0;
  bool failed_ = false;
};

}  // namespace

ParseResult Parse(const SourceFile& file, Arena& arena, const Limits& limits,
                  const Options& options) {
  ParseResult result;
  if (file.text().size() > limits.file_bytes) {
    result.diagnostics.push_back(
        {&kTooLarge, {file.id(), 0, 0}, {std::to_string(limits.file_bytes)}, {}});
    return result;
  }
  if (const auto bad = FindInvalidUtf8(file.text())) {
    const auto at = static_cast<std::uint32_t>(*bad);
    result.diagnostics.push_back(
        {&kInvalidUtf8, {file.id(), at, at + 1}, {std::to_string(at)}, {}});
    return result;
  }
  Parser parser(file, arena, limits, options, result.diagnostics);
  if (const std::optional<Value> root = parser.Run()) {
    result.root = *root;
    result.ok = true;
  }
  return result;
}

}  // namespace restorable::json
