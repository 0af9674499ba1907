#include "arm/symbol.h"

#include <fmt/format.h>

#include "arm/closure.h"
#include "arm/context.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

// Terms in terms would grow without end.
constexpr std::size_t kLongestTerm = 1000;

bool SamePieces(const void* a, const void* b);
std::string PrintSymbol(const void* data);

constexpr OpaqueType kSymbolType{"symbol", SamePieces, PrintSymbol};

std::string BracedPieces(std::span<const Piece> pieces) {
  std::string text;
  for (const Piece& piece : pieces) {
    if (piece.term) text += '{';
    text += piece.text;
    if (piece.term) text += '}';
  }
  return text;
}

bool SamePieces(const void* a, const void* b) { return PrintSymbol(a) == PrintSymbol(b); }

std::string PrintSymbol(const void* data) {
  return BracedPieces(static_cast<const Symbol*>(data)->pieces);
}

Value MakeSymbol(Context& context, const Symbol& symbol) {
  const auto* const made = context.arena.New<Symbol>(symbol);
  return Value::Opaque(context.arena, kSymbolType, made);
}

// FNV-1a: only for telling terms apart.
std::uint64_t Digest(std::string_view text, std::uint64_t start) {
  for (const char c : text) start = (start ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return start;
}

std::string Bounded(std::string text) {
  if (text.size() <= kLongestTerm) return text;
  return fmt::format("#{:016x}{:016x}", Digest(text, 0xCBF29CE484222325),
                     Digest(text, 0x84222325CBF29CE4));
}

void AppendCanonical(std::string& out, Value value) {
  // What comes behind the bound is told apart by the digest of what is before it; a value is not
  // walked through for a term that nobody reads.
  if (out.size() > 64 * kLongestTerm) return;
  if (IsSymbol(value)) {
    const Symbol& symbol = AsSymbol(value);
    const bool bare = symbol.pieces.size() == 1;
    out += bare ? std::string(symbol.pieces[0].text) : "'" + BracedPieces(symbol.pieces) + "'";
    return;
  }
  if (IsClosure(value)) {
    out += ClosureText(value);
    return;
  }
  switch (value.kind()) {
    case Kind::kNull:
      out += "null";
      return;
    case Kind::kBool:
      out += value.AsBool() ? "true" : "false";
      return;
    case Kind::kInt:
      out += std::to_string(value.AsInt());
      return;
    case Kind::kDouble:
      out += fmt::format("{}", value.AsDouble());
      return;
    case Kind::kString:
      out.append("'").append(value.AsString()).append("'");
      return;
    case Kind::kList:
      out += '[';
      for (const Value& item : value.AsList()) {
        AppendCanonical(out, item);
        out += ',';
      }
      out += ']';
      return;
    case Kind::kMap:
      out += '{';
      for (const MapEntry& entry : value.AsMap()) {
        out += AsciiLower(entry.key.AsString());
        out += ':';
        AppendCanonical(out, entry.value);
        out += ',';
      }
      if (value.OpenRest() != nullptr) AppendCanonical(out, *value.OpenRest());
      out += '}';
      return;
    default:
      out += "?";
  }
}

}  // namespace

bool IsSymbol(Value value) {
  return value.Is(Kind::kOpaque) && value.AsOpaque().type == &kSymbolType;
}

const Symbol& AsSymbol(Value value) { return *static_cast<const Symbol*>(value.AsOpaque().data); }

bool IsTextSymbol(Value value) {
  return IsSymbol(value) && AsSymbol(value).kind == TypeKind::kString && !AsSymbol(value).nullable;
}

std::vector<Piece> PiecesOf(Value text) {
  if (text.IsString()) return {{text.AsString(), false, false}};
  const Symbol& symbol = AsSymbol(text);
  return {symbol.pieces.begin(), symbol.pieces.end()};
}

Value MakeTerm(Context& context, const Term& term, Value unknown) {
  const Piece piece{context.arena.Copy(Bounded(term.text)), true, term.segment};
  const auto pieces = context.arena.Copy(std::span<const Piece>(&piece, 1));
  return MakeSymbol(context, {pieces, unknown, term.kind, term.nullable}).At(unknown.range());
}

Value MakeTerm(Context& context, const Term& term, UnknownReason reason, std::string_view what,
               Range range) {
  return MakeTerm(context, term, context.Unknown(reason, what, range));
}

// Past the limit nothing is added, and the whole becomes an error at the end.
void TextBuilder::Append(std::string_view text) {
  bytes_ += text.size();
  if (bytes_ <= context_.limits.file_bytes) open_ += text;
}

void TextBuilder::Append(const Piece& piece) {
  if (!piece.term) return Append(piece.text);
  Flush();
  pieces_.push_back(piece);
}

void TextBuilder::Append(Value text) {
  sensitive_ = sensitive_ || text.IsSensitive();
  if (text.IsString()) return Append(text.AsString());
  if (!IsSymbol(text)) return;
  const Symbol& symbol = AsSymbol(text);
  for (const Piece& piece : symbol.pieces) Append(piece);
  unknown_ = unknown_.has_value() ? Value::Unknown(context_.arena, *unknown_, symbol.unknown)
                                  : symbol.unknown;
}

void TextBuilder::Flush() {
  if (open_.empty()) return;
  pieces_.push_back({context_.arena.Copy(open_), false, false});
  open_.clear();
}

Value TextBuilder::Finish(Range range) {
  constexpr std::size_t kBytesOfStep = 16;
  if (!context_.Spend(bytes_ / kBytesOfStep)) return context_.Limit("evaluation_steps", range);
  if (bytes_ > context_.limits.file_bytes) return context_.SizeLimit("file_bytes", range);
  Value made;
  if (!unknown_.has_value()) {
    made = context_.String(open_);
  } else {
    Flush();
    constexpr std::size_t kMostPieces = 1000;
    if (pieces_.size() > kMostPieces) return context_.SizeLimit("the parts of a text", range);
    const auto pieces = context_.arena.Copy(std::span<const Piece>(pieces_));
    made = MakeSymbol(context_, {pieces, *unknown_, TypeKind::kString, false});
  }
  made = made.At(range);
  return sensitive_ ? made.Sensitive() : made;
}

std::vector<Value> SegmentsOf(Context& context, Value text, Range range) {
  std::vector<Value> segments;
  std::optional<TextBuilder> part(std::in_place, context);
  const auto finish = [&] {
    const Value segment = part->Finish(range);
    segments.push_back(text.IsSensitive() ? segment.Sensitive() : segment);
  };
  for (const Piece& piece : PiecesOf(text)) {
    if (piece.term) {
      const Term term{.text = std::string(piece.text),
                      .kind = TypeKind::kString,
                      .nullable = false,
                      .segment = true};
      part->Append(MakeTerm(context, term, AsSymbol(text).unknown));
      continue;
    }
    std::string_view rest = piece.text;
    for (std::size_t slash = rest.find('/'); slash != std::string_view::npos;
         slash = rest.find('/')) {
      part->Append(rest.substr(0, slash));
      finish();
      part.emplace(context);
      rest.remove_prefix(slash + 1);
    }
    part->Append(rest);
  }
  finish();
  return segments;
}

std::string Canonical(Value value) {
  std::string text;
  AppendCanonical(text, value);
  return Bounded(std::move(text));
}

std::string Shortened(Value text) {
  constexpr std::size_t kLong = 40;
  std::string out;
  for (const Piece& piece : PiecesOf(text)) {
    const std::size_t open = piece.text.find('(');
    const bool shorten = piece.term && piece.text.size() > kLong && open != std::string_view::npos;
    const std::string shown =
        shorten ? std::string(piece.text.substr(0, open)) + "()" : std::string(piece.text);
    out += piece.term ? "{" + shown + "}" : shown;
  }
  return out;
}

std::string Braced(Value text) { return BracedPieces(PiecesOf(text)); }

}  // namespace restorable::arm
