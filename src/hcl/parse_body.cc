#include <algorithm>
#include <string>
#include <utility>

#include "hcl/diagnostics.h"
#include "hcl/parser.h"

namespace restorable::hcl {

BodyId Parser::ParseFile() { return ParseBody(/*in_block=*/false, /*one_line=*/false); }

BodyId Parser::ParseBody(bool in_block, bool one_line) {
  const std::size_t first_argument = arguments_.size();
  const std::size_t first_block = blocks_.size();
  const std::uint32_t begin = in_block ? last_end_ : 0;
  while (true) {
    while (Peek().kind == TokenKind::kNewline) Next();
    const TokenKind kind = Peek().kind;
    if (kind == TokenKind::kEnd || (in_block && kind == TokenKind::kBraceClose)) break;
    if (in_block && ClosesEarly()) break;
    if (kind == TokenKind::kBraceClose) {
      Report(kStrayClosing, At(Peek()), {"}"});
      Next();
      continue;
    }
    const std::size_t from = at_;
    item_begin_ = Peek().begin;
    if (!ParseItem(one_line)) {
      SkipItem(from);
    } else if (one_line && Peek().kind != TokenKind::kBraceClose) {
      if (Peek().kind != TokenKind::kEnd) Report(kOneLineBlock, At(Peek()));
      SkipItem(at_);
    }
    one_line = false;
  }
  const std::span<const Argument> arguments = std::span(arguments_).subspan(first_argument);
  ReportDuplicates(arguments);
  const std::uint32_t end = Peek().begin;
  const BodyId body = tree_.Add(source_.At(std::min(begin, end), end), arguments,
                                std::span(blocks_).subspan(first_block));
  arguments_.resize(first_argument);
  blocks_.resize(first_block);
  return body;
}

// Where braces do not balance, blocks end before the next one that stands at the left margin: the
// file goes on as its author sees it.
bool Parser::ClosesEarly() {
  if (!unbalanced_) return false;
  const std::uint32_t begin = tokens_[at_].begin;
  const bool at_margin = begin > 0 && source_.text[begin - 1] == '\n';
  return at_margin && BeginsItem(at_) && PeekAfter(1).kind != TokenKind::kAssign;
}

// Gives false after an error, with the item not read to its end.
bool Parser::ParseItem(bool one_line) {
  const Token token = Peek();
  Name name{.text = Text(token), .range = At(token)};
  if (token.kind == TokenKind::kQuoteOpen) {
    const Label label = ParseQuotedLabel();
    name = {.text = label.text, .range = label.range};
    if (!recovering_) Report(kQuotedArgument, label.range, {std::string(label.text)});
    if (Peek().kind != TokenKind::kAssign && Peek().kind != TokenKind::kColon) return false;
  } else if (token.kind != TokenKind::kIdentifier) {
    Fail(kExpectedItem, At(token), {Found(token)});
    return false;
  } else {
    Next();
  }
  switch (Peek().kind) {
    case TokenKind::kAssign:
    case TokenKind::kColon:
      return ParseArgument(name, one_line);
    case TokenKind::kBraceOpen:
    case TokenKind::kQuoteOpen:
    case TokenKind::kIdentifier:
      if (one_line) Report(kOneLineBlock, name.range);
      ParseBlock(name, one_line);
      break;
    default:
      FailExpected("`=` or `{`");
  }
  return !recovering_;
}

bool Parser::ParseArgument(const Name& name, bool one_line) {
  const std::uint32_t begin = item_begin_;
  if (Peek().kind == TokenKind::kColon) {
    FailExpected("`=`");
    recovering_ = false;
  }
  Next();
  const NodeId value = ParseExpression();
  arguments_.push_back({.range = Since(begin), .name = name, .value = value});
  if (recovering_ || one_line) return !recovering_;
  EndItem("the argument");
  return !recovering_;
}

// An item ends with its line, or with the text.
void Parser::EndItem(std::string_view what) {
  const Token& token = Peek();
  if (token.kind == TokenKind::kNewline || token.kind == TokenKind::kEnd) return;
  Fail(kEndOfLine, At(token), {std::string(what), Found(token)});
}

void Parser::ParseBlock(const Name& type, bool in_one_line) {
  const std::uint32_t begin = item_begin_;
  std::vector<Label> labels;
  ParseLabels(labels);
  Block block{.range = {}, .header = Since(begin), .type = type};
  if (recovering_) return;
  const bool brace_on_next_line =
      Peek().kind == TokenKind::kNewline && PeekAfter(1).kind == TokenKind::kBraceOpen;
  if (brace_on_next_line) {
    FailExpected("`{` on the line of the block's type");
    recovering_ = false;
    Next();
  }
  if (Peek().kind != TokenKind::kBraceOpen) return FailExpected("`{`");
  const Token open = Next();
  if (++block_depth_ > limits_.nesting) {
    --block_depth_;
    return Fail(kTooDeep, At(open), {std::to_string(limits_.nesting), "blocks", "nesting"});
  }
  const bool one_line = Peek().kind != TokenKind::kNewline;
  tree_.AddLabels(block, labels);
  block.body = ParseBody(/*in_block=*/true, one_line);
  --block_depth_;
  item_begin_ = begin;
  const bool closed = Accept(TokenKind::kBraceClose);
  if (!closed) {
    Report(kUnclosedBlock, block.header, {std::string(type.text)}, {{At(open), "opened here"}});
  }
  block.range = Since(begin);
  blocks_.push_back(block);
  if (!closed || in_one_line) return;
  const std::size_t from = at_;
  item_begin_ = Peek().begin;
  EndItem("the block");
  if (recovering_) SkipItem(from);
}

void Parser::ParseLabels(std::vector<Label>& labels) {
  while (!recovering_) {
    const Token& token = Peek();
    if (token.kind == TokenKind::kIdentifier) {
      labels.push_back({.text = Text(token), .range = At(token)});
      Next();
    } else if (token.kind == TokenKind::kQuoteOpen) {
      labels.push_back(ParseQuotedLabel());
    } else {
      return;
    }
  }
}

Label Parser::ParseQuotedLabel() {
  const std::uint32_t begin = Next().begin;
  std::string_view text;
  if (Peek().kind == TokenKind::kText) text = Decode(Next(), /*quoted=*/true);
  if (Peek().kind == TokenKind::kInterpolation || Peek().kind == TokenKind::kDirective) {
    Fail(kLabelTemplate, At(Peek()));
  } else if (!Accept(TokenKind::kQuoteClose)) {
    FailExpected("`\"`");
  }
  return {.text = text, .range = Since(begin)};
}

void Parser::ReportDuplicates(std::span<const Argument> arguments) {
  if (arguments.size() < 2) return;
  std::vector<const Argument*> sorted;
  sorted.reserve(arguments.size());
  for (const Argument& argument : arguments) sorted.push_back(&argument);
  std::ranges::stable_sort(sorted, {}, [](const Argument* a) { return a->name.text; });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const Name& first = sorted[i - 1]->name;
    const Name& second = sorted[i]->name;
    if (first.text != second.text) continue;
    Report(kDuplicateArgument, second.range, {std::string(second.text)},
           {{first.range, "set here first"}});
  }
}

}  // namespace restorable::hcl
