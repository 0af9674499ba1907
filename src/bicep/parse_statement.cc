#include <algorithm>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "bicep/parser.h"

namespace restorable::bicep {

// A word that begins a declaration, and how what follows it is read.
struct Parser::Keyword {
  std::string_view word;
  bool in_templates;
  bool in_parameters;
  StatementKind (Parser::*parse)();
  StatementKind (Parser::*parse_in_parameters)();

  static const Keyword kAll[];
};

constexpr Parser::Keyword Parser::Keyword::kAll[] = {
    {"assert", true, false, &Parser::ParseAssertion, nullptr},
    {"extends", false, true, nullptr, &Parser::ParseExtends},
    {"extension", true, true, &Parser::ParseExtension, &Parser::ParseExtension},
    {"extensionConfig", false, true, nullptr, &Parser::ParseExtensionValues},
    {"func", true, true, &Parser::ParseFunction, &Parser::ParseFunction},
    {"import", true, true, &Parser::ParseImport, &Parser::ParseImport},
    {"metadata", true, false, &Parser::ParseMetadata, nullptr},
    {"module", true, false, &Parser::ParseModule, nullptr},
    {"output", true, false, &Parser::ParseOutput, nullptr},
    {"param", true, true, &Parser::ParseParameter, &Parser::ParseParameterValue},
    {"provider", true, false, &Parser::ParseExtension, nullptr},  // before Bicep 0.30
    {"resource", true, false, &Parser::ParseResource, nullptr},
    {"targetScope", true, false, &Parser::ParseTargetScope, nullptr},
    {"test", true, false, &Parser::ParseTest, nullptr},
    {"type", true, true, &Parser::ParseTypeDeclaration, &Parser::ParseTypeDeclaration},
    {"using", false, true, nullptr, &Parser::ParseUsing},
    {"var", true, true, &Parser::ParseVariable, &Parser::ParseVariable},
};

void Parser::ParseFile() {
  while (true) {
    SkipNewlines();
    if (PeekKind() == TokenKind::kEnd) return;
    const std::size_t from = at_;
    unclosed_ = false;
    ParseStatement();
    if (!recovering_ && PeekKind() != TokenKind::kNewline && PeekKind() != TokenKind::kEnd) {
      Fail(kEndOfLine, At(Peek()), {"the declaration", Found(Peek())});
    }
    if (recovering_) SkipItem(from);
    if (at_ == from) Next();
  }
}

void Parser::ParseStatement() {
  const std::uint32_t begin = Peek().begin;
  item_begin_ = begin;
  const List<Decorator> decorators = ParseDecorators();
  if (recovering_) return;
  const std::size_t before = tree_.statement_count();
  const StatementId id = ParseDeclaration(decorators, begin);
  if (tree_.statement_count() > before) tree_.AddTopLevel(id);
}

// Adds nothing where no declaration begins.
StatementId Parser::ParseDeclaration(List<Decorator> decorators, std::uint32_t begin) {
  const Token word = Peek();
  const auto* const keyword = std::ranges::find_if(Keyword::kAll, [&](const Keyword& row) {
    const bool here = dialect_ == Dialect::kTemplate ? row.in_templates : row.in_parameters;
    return here && word.kind == TokenKind::kIdentifier && row.word == Text(word);
  });
  if (keyword == std::end(Keyword::kAll)) {
    if (decorators.count > 0) {
      Fail(kDecoratesNothing, tree_[decorators].back().range);
      return {};
    }
    std::string advice;
    if (word.kind == TokenKind::kIdentifier) {
      std::vector<std::string_view> words;
      for (const Keyword& row : Keyword::kAll) words.push_back(row.word);
      if (const auto near = NearestName(Text(word), words);
          near.has_value() && near != Text(word)) {
        advice = "; did you mean `" + std::string(*near) + "`?";
      }
    }
    Fail(kExpectedStatement, At(word), {Found(word), advice});
    return {};
  }
  Next();
  const bool templates = dialect_ == Dialect::kTemplate;
  const StatementKind kind = (this->*(templates ? keyword->parse : keyword->parse_in_parameters))();
  return tree_.Add(Statement{.range = Since(begin), .decorators = decorators, .kind = kind});
}

// Each ends with its line.
List<Decorator> Parser::ParseDecorators() {
  std::vector<Decorator> decorators;
  while (PeekKind() == TokenKind::kAt && !recovering_) {
    decorators.push_back(ParseDecorator());
    if (recovering_) break;
    if (PeekKind() != TokenKind::kNewline) {
      Fail(kEndOfLine, At(Peek()), {"the decorator", Found(Peek())});
    }
    SkipNewlines();
  }
  return tree_.AddList<Decorator>(decorators);
}

Decorator Parser::ParseDecorator() {
  const std::uint32_t begin = Next().begin;
  Decorator decorator{.name = ExpectName("the name of a decorator")};
  std::vector<NodeId> arguments;
  while (!recovering_) {
    if (PeekKind() == TokenKind::kParenOpen) {
      decorator.arguments = ParseCallArguments(arguments);
    } else if (Accept(TokenKind::kDot)) {
      decorator.name = ExpectName("the name of a decorator");
    } else {
      break;
    }
  }
  decorator.range = Since(begin);
  return decorator;
}

Name Parser::ExpectName(std::string_view what) {
  const Token token = Peek();
  if (recovering_ || !Expect(TokenKind::kIdentifier, what)) return {"", Since(last_end_)};
  return NameOf(token);
}

// `= value`
NodeId Parser::ParseAssignedValue() {
  if (recovering_ || !Expect(TokenKind::kAssign, "`=`")) return MakeMissing();
  return ParseExpression();
}

// A string in a place where nothing is computed.
NodeId Parser::ParsePath(std::string_view what) {
  if (recovering_) return MakeMissing();
  const Token token = Peek();
  if (token.kind == TokenKind::kStringOpen) {
    const NodeId text = ParseString();
    if (!recovering_) Report(kNotConstant, tree_[text].range, {std::string(what)});
    return text;
  }
  if (token.kind == TokenKind::kString) return ParseString();
  FailExpected(what);
  return MakeMissing();
}

// `with {…}`
NodeId Parser::ParseConfiguration() {
  if (recovering_ || !PeekWord("with")) return NodeId::kNone;
  Next();
  if (PeekKind() == TokenKind::kBraceOpen) return ParseObject(/*with_resources=*/false);
  FailExpected("`{`");
  return NodeId::kNone;
}

StatementKind Parser::ParseTargetScope() { return TargetScope{ParseAssignedValue()}; }

StatementKind Parser::ParseMetadata() {
  const Name name = ExpectName("the name of the metadata");
  return Metadata{name, ParseAssignedValue()};
}

StatementKind Parser::ParseParameter() {
  Parameter parameter{ExpectName("the name of the parameter"), TypeId::kNone, NodeId::kNone};
  if (recovering_) return parameter;
  parameter.type = ParseDeclaredType(/*resource_may_be_open=*/false);
  if (!recovering_ && PeekKind() == TokenKind::kAssign) {
    parameter.default_value = ParseAssignedValue();
  }
  return parameter;
}

StatementKind Parser::ParseParameterValue() {
  const Name name = ExpectName("the name of the parameter");
  return ParameterValue{name, ParseAssignedValue()};
}

StatementKind Parser::ParseVariable() {
  VariableDeclaration variable{ExpectName("the name of the variable"), TypeId::kNone,
                               NodeId::kNone};
  if (!recovering_ && PeekKind() != TokenKind::kAssign && PeekKind() != TokenKind::kNewline &&
      PeekKind() != TokenKind::kEnd) {
    variable.type = ParseDeclaredType(/*resource_may_be_open=*/false);
  }
  variable.value = ParseAssignedValue();
  return variable;
}

StatementKind Parser::ParseTypeDeclaration() {
  TypeDeclaration declaration{ExpectName("the name of the type"), TypeId::kNone};
  if (recovering_ || !Expect(TokenKind::kAssign, "`=`")) return declaration;
  declaration.type = ParseDeclaredType(/*resource_may_be_open=*/false);
  return declaration;
}

// func name(a string, b int?) string => body
StatementKind Parser::ParseFunction() {
  Function function{ExpectName("the name of the function"), {}, TypeId::kNone, NodeId::kNone};
  if (recovering_) return function;
  if (PeekKind() != TokenKind::kParenOpen) {
    FailExpected("`(`");
    return function;
  }
  std::vector<TypedName> parameters;
  ParseArguments(TokenKind::kParenClose, ")", [&] {
    const Name name = ExpectName("the name of a parameter");
    if (recovering_) return;
    parameters.push_back({name, ParseDeclaredType(/*resource_may_be_open=*/false)});
  });
  function.parameters = tree_.AddList<TypedName>(parameters);
  if (recovering_) return function;
  function.result = ParseDeclaredType(/*resource_may_be_open=*/false);
  if (recovering_ || !Expect(TokenKind::kArrow, "`=>`")) return function;
  SkipNewlines();
  function.body = ParseExpression();
  return function;
}

// The body of a resource or module: {…}, if (…) {…} or [for … : {…}].
NodeId Parser::ParseBody(bool with_resources) {
  if (recovering_ || !Expect(TokenKind::kAssign, "`=`")) return NodeId::kNone;
  if (PeekKind() == TokenKind::kNewline && IsWord(at_ + 1, "if")) SkipNewlines();
  if (PeekWord("if")) return ParseIf(with_resources);
  switch (PeekKind()) {
    case TokenKind::kBraceOpen:
      return ParseObject(with_resources);
    case TokenKind::kBracketOpen:
      return ParseFor(/*in_declaration=*/true, with_resources);
    default:
      FailExpected("`{`, `if (` or `[for`");
      return NodeId::kNone;
  }
}

NodeId Parser::ParseIf(bool with_resources) {
  const std::uint32_t begin = Next().begin;
  If node{MakeMissing(), MakeMissing()};
  if (PeekKind() == TokenKind::kParenOpen) {
    node.condition = ParseParenthesis();
  } else {
    FailExpected("`(`");
  }
  if (!recovering_ && PeekKind() == TokenKind::kBraceOpen) {
    node.body = ParseObject(with_resources);
  } else {
    FailExpected("`{`");
  }
  return Make(Since(begin), node, {node.condition, node.body});
}

StatementKind Parser::ParseResource() {
  Resource resource{ExpectName("the name of the resource"), NodeId::kNone, false, NodeId::kNone};
  if (recovering_) return resource;
  resource.type = ParsePath("the type of the resource");
  if (!recovering_ && PeekWord("existing")) {
    Next();
    resource.existing = true;
  }
  resource.body = ParseBody(/*with_resources=*/true);
  return resource;
}

StatementKind Parser::ParseModule() {
  Module module{ExpectName("the name of the module"), NodeId::kNone, NodeId::kNone};
  if (recovering_) return module;
  module.path = ParsePath("the path of the module");
  module.body = ParseBody(/*with_resources=*/false);
  return module;
}

StatementKind Parser::ParseTest() {
  Test test{ExpectName("the name of the test"), NodeId::kNone, NodeId::kNone};
  if (recovering_) return test;
  test.path = ParsePath("the path of the tested file");
  test.body = ParseBody(/*with_resources=*/false);
  return test;
}

StatementKind Parser::ParseOutput() {
  Output output{ExpectName("the name of the output"), TypeId::kNone, NodeId::kNone};
  if (recovering_) return output;
  output.type = ParseDeclaredType(/*resource_may_be_open=*/true);
  output.value = ParseAssignedValue();
  return output;
}

StatementKind Parser::ParseAssertion() {
  const Name name = ExpectName("the name of the assertion");
  return Assertion{name, ParseAssignedValue()};
}

// What is imported at compile time; or, before Bicep 0.23, an extension.
StatementKind Parser::ParseImport() {
  if (PeekKind() == TokenKind::kString || PeekKind() == TokenKind::kStringOpen) {
    return ParseExtension();
  }
  Import import{{}, {}, NodeId::kNone};
  if (Accept(TokenKind::kStar)) {
    if (!PeekWord("as")) {
      FailExpected("`as`");
    } else {
      Next();
      import.all = ExpectName("a name for what is imported");
    }
  } else if (PeekKind() == TokenKind::kBraceOpen) {
    const Token open = Next();
    std::vector<ImportedName> names;
    ParseItems(open, TokenKind::kBraceClose, "}", [&] { names.push_back(ParseImportedName()); });
    std::erase_if(names, [](const ImportedName& name) { return name.name.text.empty(); });
    import.names = tree_.AddList<ImportedName>(names);
  } else {
    FailExpected("`{` or `*`");
  }
  if (recovering_) return import;
  if (!PeekWord("from")) {
    FailExpected("`from`");
    return import;
  }
  Next();
  import.from = ParsePath("the path of the file");
  return import;
}

// `name`, `name as alias`, `'name' as alias`
ImportedName Parser::ParseImportedName() {
  ImportedName imported;
  const bool quoted = PeekKind() == TokenKind::kString;
  if (quoted) {
    const Token token = Next();
    imported.name = {Decode(token), At(token)};
  } else {
    imported.name = ExpectName("what to import");
  }
  imported.alias = imported.name;
  if (recovering_) return imported;
  if (PeekWord("as")) {
    Next();
    imported.alias = ExpectName("a name for what is imported");
  } else if (quoted) {
    FailExpected("`as`");
  }
  return imported;
}

// extension kubernetes, extension 'br:…' with {…} as name
StatementKind Parser::ParseExtension() {
  Extension extension{{}, NodeId::kNone, NodeId::kNone};
  if (PeekKind() == TokenKind::kIdentifier) {
    extension.name = NameOf(Next());
  } else {
    extension.specification = ParsePath("the name of the extension");
  }
  extension.configuration = ParseConfiguration();
  if (!recovering_ && PeekWord("as")) {
    Next();
    extension.name = ExpectName("a name for the extension");
  }
  return extension;
}

StatementKind Parser::ParseExtensionValues() {
  const Name name = ExpectName("the name of the extension");
  if (!recovering_ && !PeekWord("with")) FailExpected("`with`");
  return ExtensionValues{name, ParseConfiguration()};
}

StatementKind Parser::ParseUsing() {
  Using statement{NodeId::kNone, NodeId::kNone};
  if (PeekWord("none")) {
    Next();
  } else {
    statement.path = ParsePath("the path of the template");
  }
  statement.configuration = ParseConfiguration();
  return statement;
}

StatementKind Parser::ParseExtends() { return Extends{ParsePath("the path of the file")}; }

}  // namespace restorable::bicep
