#include "arm/parse_expression.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "arm/diagnostics.h"
#include "base/offset_map.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c) || c == '$'; }

// Where the characters of a JSON string stand in the file: each run between escapes as it is.
class Places {
 public:
  Places(Range range, std::string_view text, std::string_view written)
      : range_(range), plain_(written.size() == text.size() + 2), map_(range.file) {
    if (!plain_ && !written.empty()) AddEscapes(written);
    whole_ = written.empty();
  }

  [[nodiscard]] Range At(FileId file, std::uint32_t begin, std::uint32_t end) const {
    if (whole_) return range_;
    if (plain_) return {file, range_.begin + 1 + begin, range_.begin + 1 + end};
    return map_.ToSource({file, begin, end});
  }

 private:
  void AddEscapes(std::string_view written) {
    std::uint32_t decoded = 0;
    map_.Add(0, range_.begin + 1);
    for (std::size_t at = 1; at + 1 < written.size();) {
      if (written[at] != '\\') {
        ++at;
        ++decoded;
        continue;
      }
      decoded += Decoded(written, at);
      map_.Add(decoded, range_.begin + static_cast<std::uint32_t>(at));
    }
  }

  // The bytes that an escape stands for; moves past it.
  static std::uint32_t Decoded(std::string_view written, std::size_t& at) {
    if (at + 5 >= written.size() || written[at + 1] != 'u') {
      at += 2;
      return 1;
    }
    std::uint32_t unit = 0;
    std::from_chars(written.data() + at + 2, written.data() + at + 6, unit, 16);
    const bool pair = unit >= 0xD800 && unit < 0xDC00;
    at += pair ? 12 : 6;
    if (pair) return 4;
    return unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }

  Range range_;
  bool plain_;
  bool whole_;
  OffsetMap map_;
};

class Parser {
 public:
  Parser(Value text, std::string_view written, const ExpressionTarget& target)
      : text_(text.AsString()),
        file_(text.range().file),
        places_(text.range(), text_, written),
        target_(target),
        tree_(target.tree) {}

  NodeId Run() {
    at_ = 1;
    end_ = text_.size() - 1;
    const NodeId node = ParseChain();
    SkipBlanks();
    if (!failed_ && at_ != end_) Expect("the end of the expression");
    return failed_ ? tree_.Add(RangeOf(0, text_.size()), Missing{}) : node;
  }

 private:
  [[nodiscard]] Range RangeOf(std::size_t begin, std::size_t end) const {
    return places_.At(file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  }
  [[nodiscard]] char Peek() const { return at_ < end_ ? text_[at_] : '\0'; }
  void SkipBlanks() {
    while (at_ < end_) {
      const bool no_break = text_.substr(at_).starts_with(kNoBreakSpace);
      if (!no_break && kBlanks.find(text_[at_]) == std::string_view::npos) return;
      at_ += no_break ? kNoBreakSpace.size() : 1;
    }
  }
  bool Take(char c) {
    SkipBlanks();
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  NodeId AddMissing() { return tree_.Add(RangeOf(at_, at_), Missing{}); }

  NodeId Fail(const DiagnosticKind& kind, Range range, std::vector<std::string> arguments) {
    if (!failed_) target_.diagnostics.push_back({&kind, range, std::move(arguments), {}});
    failed_ = true;
    return AddMissing();
  }

  NodeId Expect(std::string_view what) {
    SkipBlanks();
    std::size_t after = at_;
    if (after < end_) static_cast<void>(DecodeUtf8(text_, after));
    const std::string found =
        at_ < end_ ? "`" + std::string(text_.substr(at_, after - at_)) + "`" : "its end";
    return Fail(kExpectedInExpression, RangeOf(at_, at_ < end_ ? after : at_ + 1),
                {std::string(what), found});
  }

  // A value and what is read from it: `.name` and `[index]`.
  NodeId ParseChain() {
    if (depth_ >= target_.limits.expression_depth) {
      return Fail(kTooDeep, RangeOf(at_, at_), {std::to_string(target_.limits.expression_depth)});
    }
    ++depth_;
    SkipBlanks();
    const std::size_t begin = at_;
    NodeId node = ParsePrimary();
    std::uint32_t links = 0;
    while (!failed_) {
      // Chains are evaluated by recursion.
      if (++links > target_.limits.expression_depth) {
        node = Fail(kTooDeep, RangeOf(at_, at_), {std::to_string(target_.limits.expression_depth)});
        break;
      }
      if (Take('.')) {
        node = ParseProperty(node, begin);
      } else if (Take('[')) {
        const NodeId index = ParseChain();
        if (failed_ || !Take(']')) {
          node = Expect("`]`");
        } else {
          node = tree_.Add(RangeOf(begin, at_), Index{node, index, false, false});
        }
      } else {
        break;
      }
    }
    --depth_;
    return node;
  }

  NodeId ParseProperty(NodeId object, std::size_t begin) {
    SkipBlanks();
    const Name name = ReadName();
    if (name.text.empty()) return Expect("the name of a property");
    return tree_.Add(RangeOf(begin, at_), Property{object, tree_.Add(name), false});
  }

  Name ReadName() {
    const std::size_t begin = at_;
    if (at_ < end_ && IsNameStart(text_[at_])) {
      while (at_ < end_ && IsNamePart(text_[at_])) ++at_;
    }
    return {text_.substr(begin, at_ - begin), RangeOf(begin, at_)};
  }

  NodeId ParsePrimary() {
    const char c = Peek();
    if (c == '\'') return ParseText();
    if (IsDigit(c) || c == '-' || c == '+') return ParseNumber();
    if (IsNameStart(c)) return ParseCall();
    return Expect("a function, a text in `'` or a number");
  }

  NodeId ParseText() {
    const std::size_t begin = at_++;
    std::string decoded;
    std::size_t from = at_;
    while (true) {
      const std::size_t quote = text_.find('\'', at_);
      if (quote == std::string_view::npos || quote >= end_) {
        return Fail(kUnclosedText, RangeOf(begin, begin + 1), {});
      }
      at_ = quote + 1;
      if (Peek() != '\'') break;
      decoded += text_.substr(from, at_ - from);
      from = ++at_;
    }
    const std::string_view rest = text_.substr(from, at_ - 1 - from);
    const std::string_view text = decoded.empty() ? rest : tree_.arena().Copy(decoded.append(rest));
    const Range range = RangeOf(begin, at_);
    return tree_.Add(range, Literal{Value::String(text).At(range)});
  }

  NodeId ParseNumber() {
    const std::size_t begin = at_;
    if (Peek() == '-' || Peek() == '+') ++at_;
    while (at_ < end_ && (IsDigit(text_[at_]) || text_[at_] == '.')) ++at_;
    std::string_view digits = text_.substr(begin, at_ - begin);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const Range range = RangeOf(begin, at_);
    if (error == std::errc() && end == digits.data() + digits.size()) {
      return tree_.Add(range, Literal{Value::Int(number).At(range)});
    }
    if (error == std::errc::result_out_of_range) {
      return Fail(kNumberOutOfRange, range, {std::string(digits)});
    }
    return Fail(kExpectedInExpression, range, {"an integer", "`" + std::string(digits) + "`"});
  }

  // `name(…)` or `namespace.name(…)`.
  NodeId ParseCall() {
    const std::size_t begin = at_;
    Name name = ReadName();
    bool user = false;
    while (Take('.')) {
      SkipBlanks();
      if (ReadName().text.empty()) return Expect("the name of a function");
      user = true;
    }
    if (user) {
      name = {text_.substr(begin, at_ - begin), RangeOf(begin, at_)};
      for (const std::string_view own : {"sys.", "az."}) {
        if (!name.text.starts_with(own)) continue;
        name.text.remove_prefix(own.size());
        user = false;
      }
    }
    if (!Take('(')) return Expect("`(`");
    std::vector<NodeId> arguments;
    if (!Take(')')) {
      do {
        arguments.push_back(ParseChain());
        if (failed_) return arguments.back();
      } while (Take(','));
      if (!Take(')')) return Expect("`,` or `)`");
    }
    const Range range = RangeOf(begin, at_);
    if (user) return tree_.Add(range, UserCall{tree_.Add(name), tree_.Add(arguments)});
    return AddCall(name, arguments, range);
  }

  // The text of an argument that is a literal.
  [[nodiscard]] std::optional<Name> LiteralText(NodeId node) const {
    const auto* const literal = std::get_if<Literal>(&tree_[node].expression);
    if (literal == nullptr || !literal->value.IsString()) return std::nullopt;
    return Name{literal->value.AsString(), tree_[node].range};
  }

  // What the tree has a node for, and every other function as a call.
  NodeId AddCall(const Name& name, const std::vector<NodeId>& arguments, Range range) {
    const std::size_t count = arguments.size();
    const auto is = [&](std::string_view wanted) {
      return EqualsIgnoringAsciiCase(name.text, wanted);
    };
    if (count == 1 && (is("parameters") || is("variables") || is("lambdaVariables"))) {
      if (const auto used = LiteralText(arguments[0])) return AddUse(name.text, *used, range);
    }
    if (count == 0) {
      if (is("true") || is("false")) {
        return tree_.Add(range, Literal{Value::Bool(is("true")).At(range)});
      }
      if (is("null")) return tree_.Add(range, Literal{Value::Null().At(range)});
    }
    if (count == 3 && is("if")) {
      return tree_.Add(range, Conditional{arguments[0], arguments[1], arguments[2]});
    }
    if (count >= 1 && is("coalesce")) return Fold(BinaryOp::kCoalesce, arguments, range);
    if (count >= 2 && is("and")) return Fold(BinaryOp::kAnd, arguments, range);
    if (count >= 2 && is("or")) return Fold(BinaryOp::kOr, arguments, range);
    if (is("createArray")) return tree_.Add(range, Array{tree_.Add(arguments)});
    if (count % 2 == 0 && is("createObject")) return tree_.Add(range, Object{tree_.Add(arguments)});
    if (count >= 1 && is("lambda")) {
      if (const auto lambda = AddLambda(arguments, range)) return *lambda;
    }
    return tree_.Add(range, Call{tree_.Add(name), tree_.Add(arguments)});
  }

  NodeId AddUse(std::string_view function, const Name& used, Range range) {
    const NameId name = tree_.Add(used);
    if (EqualsIgnoringAsciiCase(function, "variables")) return tree_.Add(range, VariableUse{name});
    const bool local = EqualsIgnoringAsciiCase(function, "lambdaVariables") ||
                       target_.function_parameters != nullptr;
    return local ? tree_.Add(range, LocalUse{name}) : tree_.Add(range, ParameterUse{name});
  }

  // From the left, as the language evaluates them: the last one is the right side of the outermost.
  // Halves keep a long list of operands shallow.
  NodeId Fold(BinaryOp op, std::span<const NodeId> operands, Range range) {
    if (operands.size() == 1) return operands[0];
    const std::size_t half = operands.size() / 2;
    const NodeId lhs = Fold(op, operands.first(half), range);
    return tree_.Add(range, Binary{op, lhs, Fold(op, operands.subspan(half), range)});
  }

  std::optional<NodeId> AddLambda(const std::vector<NodeId>& arguments, Range range) {
    std::vector<Name> parameters;
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
      const auto parameter = LiteralText(arguments[i]);
      if (!parameter.has_value()) return std::nullopt;
      parameters.push_back(*parameter);
    }
    return tree_.Add(range, Lambda{tree_.Add(std::span<const Name>(parameters)), arguments.back()});
  }

  std::string_view text_;
  FileId file_;
  Places places_;
  const ExpressionTarget& target_;
  Tree& tree_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::uint32_t depth_ = 0;
  bool failed_ = false;
};

}  // namespace

bool IsExpression(std::string_view text) {
  return text.size() >= 2 && text[0] == '[' && text[1] != '[' && text.back() == ']';
}

NodeId ParseString(Value text, std::string_view written, const ExpressionTarget& target) {
  const std::string_view content = text.AsString();
  if (IsExpression(content)) return Parser(text, written, target).Run();
  const bool escaped = content.starts_with("[[") && content.ends_with(']');
  const Value value = escaped ? Value::String(content.substr(1)).At(text.range()) : text;
  return target.tree.Add(text.range(), Literal{value});
}

}  // namespace restorable::arm
