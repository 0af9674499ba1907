#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "cel/lex.h"
#include "cel/tree.h"

namespace restorable::cel {

// Recursive descent, one method a precedence level. After the first syntax error the rest of the
// expression gives Missing nodes without further messages; tokens that are none are all reported.
class Parser {
 public:
  Parser(std::string_view text, const Limits& limits, Tree& tree,
         std::vector<Diagnostic>& diagnostics);

  void ParseAll();

 private:
  // Counts nesting while it lives; false once the limit is passed.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser), ok_(parser.Enter()) {}
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --parser_.depth_; }
    explicit operator bool() const { return ok_; }

   private:
    Parser& parser_;
    bool ok_;
  };

  NodeId ParseExpression();
  NodeId ParseLogic(LogicOp op);
  NodeId ParseChain(int level);
  NodeId ParseUnary();
  NodeId ParseNegated(UnaryOp op);
  NodeId ParsePostfix(NodeId operand);
  NodeId ParsePrimary();
  NodeId ParseNegativeNumber();
  NodeId ParseParenthesized();
  NodeId ParseName(bool root, Range begin);
  NodeId ParseSelection(NodeId operand);
  NodeId ParseIndex(NodeId operand);
  NodeId ParseList();
  NodeId ParseMap();
  NodeId RefuseMessage(NodeId type);
  std::vector<NodeId> ParseArguments();  // up to and with the closing parenthesis
  [[nodiscard]] bool IsQualifiedName(NodeId id) const;

  // macros.cc: the node that the call stands for if it is one of a macro.
  struct WrittenCall {
    std::optional<NodeId> receiver;
    Identifier name;
    std::vector<NodeId> arguments;
    Range range;
  };
  std::optional<NodeId> ExpandMacro(const WrittenCall& call);
  NodeId ExpandHas(const WrittenCall& call);
  NodeId ExpandBind(const WrittenCall& call);
  NodeId ExpandOptionalMap(const WrittenCall& call, bool flat);
  struct ComprehensionForm;
  NodeId ExpandComprehension(const WrittenCall& call, const ComprehensionForm& form);
  std::optional<Identifier> MacroVariable(const WrittenCall& call, std::size_t argument);
  static const ComprehensionForm* FindForm(std::string_view name, std::size_t arguments);

  NodeId Add(Range range, decltype(Node::expr) expr) { return tree_.Add({range, std::move(expr)}); }
  NodeId AddMissing(Range range) { return Add(range, Missing{}); }
  NodeId ExpectedHere(std::string_view what);
  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args = {});
  [[nodiscard]] std::string Describe(const Token& token) const;
  [[nodiscard]] Range RangeOf(NodeId id) const { return tree_[id].range; }
  // From `begin` to the end of the last token that was taken.
  [[nodiscard]] Range Since(Range begin) const { return begin.To(last_); }

  [[nodiscard]] bool At(TokenKind kind) const { return token_.kind == kind; }
  Token Take();
  bool TakeIf(TokenKind kind);
  bool Expect(TokenKind kind, std::string_view what);
  bool Enter();

  std::string_view text_;
  const Limits& limits_;
  Tree& tree_;
  std::vector<Diagnostic>& diagnostics_;
  Lexer lexer_;
  Token token_;  // the next one
  Range last_;   // of the one before it
  std::uint32_t depth_ = 0;
  bool failed_ = false;
};

}  // namespace restorable::cel
