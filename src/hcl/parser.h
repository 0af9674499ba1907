#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "hcl/lex.h"
#include "hcl/source.h"
#include "hcl/tree.h"

namespace restorable::hcl {

// A part of a template on the way from tokens to nodes.
struct TemplatePart {
  enum class Kind : std::uint8_t { kText, kExpression, kIf, kElse, kEndIf, kFor, kEndFor };
  Kind kind = Kind::kText;
  Range range;
  std::string_view text = {};   // kText; in the source or the tree's arena
  NodeId node = NodeId::kNone;  // the expression, the condition or the collection
  NameId key_name = NameId::kNone;
  NameId value_name = NameId::kNone;
};

// Recursive descent over the tokens. After an error nothing more is reported, and every production
// returns with what it has, until the item (the argument or the head of a block) is skipped.
class Parser {
 public:
  // What the lexer reports is added to `diagnostics`, and so is what the parser does.
  Parser(const Source& source, LexMode mode, const Limits& limits, Tree& tree,
         std::vector<Diagnostic>& diagnostics);

  // parse_body.cc: up to the end of the text, or to the brace that closes a block.
  BodyId ParseFile();
  // parse_expression.cc: all of the text is the one expression, or the one template.
  NodeId ParseWholeExpression();
  // parse_template.cc
  NodeId ParseWholeTemplate();

  [[nodiscard]] std::vector<Comment> TakeComments() { return std::move(comments_); }

 private:
  friend class NewlineScope;
  friend class DepthScope;

  // Tokens.
  const Token& Peek();
  [[nodiscard]] const Token& PeekAfter(std::size_t ahead) const;
  const Token& Next();
  bool Accept(TokenKind kind);
  bool Expect(TokenKind kind, std::string_view what);
  bool PeekWord(std::string_view word);
  [[nodiscard]] std::string_view Text(const Token& token) const;
  [[nodiscard]] Range At(const Token& token) const;
  [[nodiscard]] Range Since(std::uint32_t begin) const;  // up to the last token read
  [[nodiscard]] std::string Found(const Token& token) const;

  // Errors.
  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args = {},
              std::vector<Note> notes = {});
  void Fail(const DiagnosticKind& kind, Range range, std::vector<std::string> args = {});
  void FailExpected(std::string_view what);
  bool EndsBefore(const Token& open, std::string_view closer);
  void FailUnclosed(const Token& open, std::string_view closer, std::string_view what);
  [[nodiscard]] bool LexerReportedSince(std::uint32_t begin) const;
  [[nodiscard]] bool BeginsItem(std::size_t index) const;
  [[nodiscard]] bool GoesOn(std::size_t index) const;
  void SkipItem(std::size_t from);

  // Nodes.
  NodeId Make(Range range, const Expression& expression,
              std::initializer_list<NodeId> children = {});
  NodeId MakeList(Range range, const Expression& expression, std::span<const NodeId> children);
  NodeId MakeNode(Range range, const Expression& expression, std::uint32_t height);
  NodeId MakeMissing();
  [[nodiscard]] std::uint32_t HeightOver(std::span<const NodeId> children) const;

  // Bodies.
  BodyId ParseBody(bool in_block, bool one_line);
  bool ParseItem(bool one_line);
  bool ParseArgument(const Name& name, bool one_line);
  void ParseBlock(const Name& type, bool in_one_line);
  void ParseLabels(std::vector<Label>& labels);
  Label ParseQuotedLabel();
  void EndItem(std::string_view what);
  bool ClosesEarly();
  void ReportDuplicates(std::span<const Argument> arguments);

  // Expressions.
  NodeId ParseExpression();
  NodeId ParseBinary(int precedence);
  NodeId ParseOperand();
  NodeId ParseTraversal(NodeId from, std::uint32_t begin);
  NodeId ParseDot(NodeId from, std::uint32_t begin);
  NodeId ParseLegacyIndex(NodeId from, std::uint32_t begin);
  NodeId ParseAttributeSplat(NodeId from, std::uint32_t begin);
  NodeId ParseBracket(NodeId from, std::uint32_t begin);
  NodeId ParseTerm();
  NodeId ParseParenthesis();
  NodeId ParseNumberLiteral();
  NodeId ParseWord();
  NodeId ParseCall(const Token& first);
  NodeId ParseTuple();
  NodeId ParseObject();
  void ParseObjectItem(std::vector<NodeId>& items);
  NodeId ParseObjectKey();
  NodeId ParseFor(const Token& open);
  bool ParseForNames(NameId& key_name, NameId& value_name);
  NameId MakeName(const Token& token);

  // Templates.
  NodeId ParseQuoted();
  NodeId ParseHeredoc();
  NodeId ParseTemplate(TokenKind closer, bool flush, std::uint32_t begin);
  void ReadParts(TokenKind closer, std::vector<TemplatePart>& parts);
  TemplatePart ReadInterpolation(bool& trim_next);
  bool ReadDirective(TemplatePart& part, bool& trim_next);
  void EndMark(const Token& open, bool& trim_next);
  NodeId BuildParts(std::span<const TemplatePart> parts, std::size_t& at, Range range);
  NodeId BuildIf(std::span<const TemplatePart> parts, std::size_t& at);
  NodeId BuildFor(std::span<const TemplatePart> parts, std::size_t& at);
  bool EndDirective(std::span<const TemplatePart> parts, std::size_t& at, TemplatePart::Kind kind,
                    const TemplatePart& open);
  std::string_view Decode(const Token& text, bool quoted);
  void DecodeEscape(const Token& text, std::string_view raw, std::size_t& at, std::string& out);

  const Source source_;
  const Limits& limits_;
  Tree& tree_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Token> tokens_;
  std::vector<Comment> comments_;
  std::vector<Range> lexer_errors_;
  std::size_t first_diagnostic_;
  std::size_t first_node_;  // of those that this parser makes
  std::size_t at_ = 0;
  std::uint32_t last_end_ = 0;    // of the last token read
  std::uint32_t item_begin_ = 0;  // of the item that is being read
  bool unbalanced_ = false;
  bool skip_newlines_ = false;
  bool recovering_ = false;
  std::uint32_t depth_ = 0;
  std::uint32_t block_depth_ = 0;
  std::vector<std::uint16_t> heights_;  // of the nodes, so that no chain makes a tree too deep
  std::vector<Argument> arguments_;     // of the bodies being read, the innermost last
  std::vector<Block> blocks_;
};

// Whether line ends are white space until the end of the scope.
class NewlineScope {
 public:
  NewlineScope(Parser& parser, bool skip) : parser_(parser), before_(parser.skip_newlines_) {
    parser_.skip_newlines_ = skip;
  }
  ~NewlineScope() { parser_.skip_newlines_ = before_; }
  NewlineScope(const NewlineScope&) = delete;
  NewlineScope& operator=(const NewlineScope&) = delete;

 private:
  Parser& parser_;
  bool before_;
};

// One level of expressions within each other; `ok` is false past the limit, which is reported.
class DepthScope {
 public:
  explicit DepthScope(Parser& parser);
  ~DepthScope() { --parser_.depth_; }
  DepthScope(const DepthScope&) = delete;
  DepthScope& operator=(const DepthScope&) = delete;

  [[nodiscard]] bool ok() const { return ok_; }

 private:
  Parser& parser_;
  bool ok_;
};

}  // namespace restorable::hcl
