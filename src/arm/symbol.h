#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arm/template.h"
#include "value/value.h"

// Values that are not known and yet say which they are: a name made from `resourceGroup().id`, the
// id of a resource, a parameter without a value. Two of them with the same terms are equal, so ids
// join resources although nobody knows them. They occur within evaluation only; what leaves it is
// settled (see settle.h).
namespace restorable::arm {

class Context;

// A run of known text, or a term that stands for text that is not known.
struct Piece {
  std::string_view text;  // of a term: the function or name that gives it, `resourceGroup().id`
  bool term = false;
  bool segment = false;  // the term is not empty and has no `/`: a part of an id
};

struct Symbol {
  std::span<const Piece> pieces;  // one term, or text of which some is not known
  Value unknown;                  // what it is waiting for
  TypeKind kind = TypeKind::kAny;
  bool nullable = true;
};

[[nodiscard]] bool IsSymbol(Value value);
[[nodiscard]] const Symbol& AsSymbol(Value value);  // of one that is
// Whether it is certainly text.
[[nodiscard]] bool IsTextSymbol(Value value);
[[nodiscard]] inline bool IsText(Value value) { return value.IsString() || IsTextSymbol(value); }

// Where the value has pieces: those of a symbol, one of a string.
[[nodiscard]] std::vector<Piece> PiecesOf(Value text);

struct Term {
  std::string text;
  TypeKind kind = TypeKind::kAny;
  bool nullable = true;
  bool segment = false;
};
// `unknown` is what reports show of it.
[[nodiscard]] Value MakeTerm(Context& context, const Term& term, Value unknown);
[[nodiscard]] Value MakeTerm(Context& context, const Term& term, UnknownReason reason,
                             std::string_view what, Range range);

// Puts text together, some of which may be symbols.
class TextBuilder {
 public:
  explicit TextBuilder(Context& context) : context_(context) {}

  void Append(std::string_view text);
  void Append(const Piece& piece);
  // A string or a text symbol.
  void Append(Value text);
  // A string if all of it is known, else a symbol.
  [[nodiscard]] Value Finish(Range range);

 private:
  void Flush();

  Context& context_;
  std::vector<Piece> pieces_;
  std::string open_;  // known text that is not in a piece yet
  std::size_t bytes_ = 0;
  std::optional<Value> unknown_;
  bool sensitive_ = false;
};

// The parts of a text between its slashes, each term being part of one.
[[nodiscard]] std::vector<Value> SegmentsOf(Context& context, Value text, Range range);

// The value as an expression would write it, for terms that are made of others: `'text'`, `[1, 2]`,
// `concat(…)`. Text that would be long is replaced by a digest of it.
[[nodiscard]] std::string Canonical(Value value);

// The pieces with each term in braces: "/subscriptions/{subscription().subscriptionId}/…".
[[nodiscard]] std::string Braced(Value text);
// For people: of a long term only the function, `{uniqueString()}`.
[[nodiscard]] std::string Shortened(Value text);

}  // namespace restorable::arm
