#include "policy/glob.h"

#include <string>
#include <vector>

namespace restorable::policy {
namespace {

struct Piece {
  enum class Kind : unsigned char { kLiteral, kOne, kMany, kAll };
  Kind kind = Kind::kLiteral;
  char literal = '\0';
};

std::vector<Piece> Pieces(std::string_view pattern) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i).starts_with("**")) {
      pieces.push_back({Piece::Kind::kAll});
      ++i;
      // "a/**/b" is "a/b" as well.
      if (i + 1 < pattern.size() && pattern[i + 1] == '/') ++i;
    } else if (pattern[i] == '*') {
      pieces.push_back({Piece::Kind::kMany});
    } else if (pattern[i] == '?') {
      pieces.push_back({Piece::Kind::kOne});
    } else {
      pieces.push_back({Piece::Kind::kLiteral, pattern[i]});
    }
  }
  if (pattern.ends_with('/')) pieces.push_back({Piece::Kind::kAll});
  return pieces;
}

bool Takes(const Piece& piece, char c) {
  switch (piece.kind) {
    case Piece::Kind::kLiteral:
      return c == piece.literal;
    case Piece::Kind::kOne:
    case Piece::Kind::kMany:
      return c != '/';
    case Piece::Kind::kAll:
      return true;
  }
  return false;
}

bool MayRepeat(const Piece& piece) {
  return piece.kind == Piece::Kind::kMany || piece.kind == Piece::Kind::kAll;
}

}  // namespace

bool GlobMatches(std::string_view pattern, std::string_view text) {
  const std::vector<Piece> pieces = Pieces(pattern);
  // reached[i]: the text so far fits the first i pieces.
  std::vector<bool> reached(pieces.size() + 1, false);
  const auto pass_empty = [&] {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (reached[i] && MayRepeat(pieces[i])) reached[i + 1] = true;
    }
  };
  reached[0] = true;
  pass_empty();
  for (const char c : text) {
    std::vector<bool> next(reached.size(), false);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (!reached[i] || !Takes(pieces[i], c)) continue;
      next[MayRepeat(pieces[i]) ? i : i + 1] = true;
    }
    reached = std::move(next);
    pass_empty();
  }
  return reached.back();
}

}  // namespace restorable::policy
