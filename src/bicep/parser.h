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
#include "base/range.h"
#include "bicep/diagnostics.h"
#include "bicep/lex.h"
#include "bicep/parse.h"
#include "bicep/tree.h"

// The parts of the parser. Not for other layers.
namespace restorable::bicep {

// Recursive descent over the tokens. After an error nothing more is reported, and every production
// returns with what it has, until the item of the nearest brackets, or the declaration, is skipped.
class Parser {
 public:
  // What the lexer reports is added to `diagnostics`, and so is what the parser does.
  Parser(std::string_view text, FileId file, Dialect dialect, const Limits& limits, Tree& tree,
         std::vector<Diagnostic>& diagnostics);

  // parse_statement.cc: up to the end of the text.
  void ParseFile();

  [[nodiscard]] std::vector<Comment> TakeComments() { return std::move(comments_); }

 private:
  friend class DepthScope;
  struct Keyword;

  // Tokens.
  [[nodiscard]] const Token& Peek() const { return tokens_[at_]; }
  [[nodiscard]] TokenKind PeekKind() const { return tokens_[at_].kind; }
  [[nodiscard]] TokenKind KindAfter(std::size_t ahead) const;
  // The kind of the next token that is no line end.
  [[nodiscard]] TokenKind KindPastNewlines() const;
  Token Next();
  bool Accept(TokenKind kind);
  bool Expect(TokenKind kind, std::string_view what);
  void SkipNewlines();
  [[nodiscard]] bool PeekWord(std::string_view word) const;
  [[nodiscard]] bool IsWord(std::size_t index, std::string_view word) const;
  [[nodiscard]] std::string_view Text(const Token& token) const;
  [[nodiscard]] Range At(const Token& token) const { return {file_, token.begin, token.end}; }
  [[nodiscard]] Range Since(std::uint32_t begin) const;  // up to the last token read
  [[nodiscard]] std::string Found(const Token& token) const;

  // Errors.
  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args = {});
  void Fail(const DiagnosticKind& kind, Range range, std::vector<std::string> args = {});
  void FailExpected(std::string_view what);
  bool EndsBefore(const Token& open, std::string_view closer);
  [[nodiscard]] bool LexerReportedSince(std::uint32_t begin) const;
  [[nodiscard]] bool BeginsStatement(std::size_t index) const;
  void SkipItem(std::size_t from);

  // Nodes.
  NodeId Make(Range range, const Expression& expression,
              std::initializer_list<NodeId> children = {});
  NodeId MakeList(Range range, const Expression& expression, std::span<const NodeId> children);
  NodeId MakeNode(Range range, const Expression& expression, std::uint32_t height);
  NodeId MakeMissing();
  [[nodiscard]] std::uint32_t HeightOver(std::span<const NodeId> children) const;
  TypeId MakeType(Range range, const TypeExpression& type,
                  std::initializer_list<TypeId> children = {});
  TypeId MakeTypeOver(Range range, const TypeExpression& type, std::span<const TypeId> children);
  NameId MakeName(const Token& token) { return tree_.Add(NameOf(token)); }
  [[nodiscard]] Name NameOf(const Token& token) const { return {Text(token), At(token)}; }

  // The items of brackets: one a line, or with a comma between them.
  template <typename ParseItem>
  void ParseItems(const Token& open, TokenKind closer, std::string_view closer_text,
                  ParseItem parse_item) {
    ++brackets_;
    SkipNewlines();
    while (!Accept(closer)) {
      if (EndsBefore(open, closer_text)) break;
      const std::size_t from = at_;
      parse_item();
      if (!recovering_) EndItem(closer);
      if (recovering_) SkipItem(from);
      if (at_ == from) Next();
      SkipNewlines();
    }
    --brackets_;
  }
  void EndItem(TokenKind closer);
  // The arguments of a call or of a type: commas between them, line ends around them.
  template <typename ParseArgument>
  void ParseArguments(TokenKind closer, std::string_view closer_text,
                      ParseArgument parse_argument) {
    const Token open = Next();
    SkipNewlines();
    if (Accept(closer)) return;
    while (true) {
      parse_argument();
      if (recovering_) return;
      SkipNewlines();
      if (Accept(closer)) return;
      if (!Accept(TokenKind::kComma)) return FailArguments(open, closer_text);
      SkipNewlines();
    }
  }
  void FailArguments(const Token& open, std::string_view closer);

  // Declarations.
  void ParseStatement();
  StatementId ParseDeclaration(List<Decorator> decorators, std::uint32_t begin);
  List<Decorator> ParseDecorators();
  Decorator ParseDecorator();
  Name ExpectName(std::string_view what);
  NodeId ParseAssignedValue();
  NodeId ParsePath(std::string_view what);
  NodeId ParseConfiguration();
  StatementKind ParseTargetScope();
  StatementKind ParseMetadata();
  StatementKind ParseParameter();
  StatementKind ParseParameterValue();
  StatementKind ParseVariable();
  StatementKind ParseTypeDeclaration();
  StatementKind ParseFunction();
  StatementKind ParseResource();
  StatementKind ParseModule();
  StatementKind ParseOutput();
  StatementKind ParseImport();
  StatementKind ParseExtension();
  StatementKind ParseExtensionValues();
  StatementKind ParseAssertion();
  StatementKind ParseTest();
  StatementKind ParseUsing();
  StatementKind ParseExtends();
  ImportedName ParseImportedName();
  NodeId ParseBody(bool with_resources);
  NodeId ParseIf(bool with_resources);

  // Expressions.
  NodeId ParseExpression();
  NodeId ParseBinary(int precedence);
  NodeId ParseUnary();
  NodeId ParseMember();
  NodeId ParseIndex(NodeId collection, std::uint32_t begin);
  NodeId ParseDot(NodeId object, std::uint32_t begin);
  NodeId ParsePrimary();
  NodeId ParseWord();
  List<NodeId> ParseCallArguments(std::vector<NodeId>& arguments);
  NodeId ParseParenthesis();
  [[nodiscard]] bool BeginsLambda() const;
  NodeId ParseLambda();
  NodeId ParseInteger();
  NodeId ParseArray();
  NodeId ParseFor(bool in_declaration, bool with_resources);
  void ParseForNames(NameId& item, NameId& index);
  NodeId ParseObject(bool with_resources);
  void ParseObjectItem(std::vector<NodeId>& items, bool with_resources);
  void ReportDuplicates(std::span<const NodeId> items);
  NodeId ParseSpread();

  // Strings.
  NodeId ParseString();
  [[nodiscard]] std::string_view Decode(const Token& piece);
  [[nodiscard]] Range ContentOf(const Token& piece) const;
  std::string_view DecodeEscapes(std::string_view raw, std::uint32_t begin);
  void DecodeEscape(std::string_view raw, std::uint32_t begin, std::size_t& at, std::string& out);

  // Types.
  TypeId ParseDeclaredType(bool resource_may_be_open);
  TypeId ParseType();
  [[nodiscard]] bool AtUnion() const;
  TypeId ParseTypeUnary();
  TypeId ParseTypeMember();
  TypeId ParseTypePrimary();
  TypeId ParseTypeWord();
  TypeId ParseTypeDot(TypeId type, std::uint32_t begin);
  TypeId ParseTypeBracket(TypeId type, std::uint32_t begin);
  List<TypeId> ParseTypeArguments(std::vector<TypeId>& arguments);
  TypeId ParseMembers(bool tuple);
  TypeMember ParseMember(bool tuple);

  const std::string_view text_;
  const FileId file_;
  const Dialect dialect_;
  const Limits& limits_;
  Tree& tree_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Token> tokens_;
  std::vector<Comment> comments_;
  std::vector<Range> lexer_errors_;
  std::size_t at_ = 0;
  std::uint32_t last_end_ = 0;    // of the last token read
  std::uint32_t item_begin_ = 0;  // of the item or declaration that is being read
  bool unbalanced_ = false;
  bool recovering_ = false;
  bool unclosed_ = false;       // reported in this declaration
  std::uint32_t brackets_ = 0;  // around the item that is being read
  std::uint32_t depth_ = 0;
  // Of the nodes and types, so that no chain makes a tree too deep.
  std::vector<std::uint16_t> heights_;
  std::vector<std::uint16_t> type_heights_;
};

// One level of expressions or types within each other; `ok` is false past the limit, which is
// reported.
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

}  // namespace restorable::bicep
