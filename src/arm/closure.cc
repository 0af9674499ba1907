#include "arm/closure.h"

#include "arm/evaluate.h"

namespace restorable::arm {
namespace {

struct NumberedClosure {
  Closure closure;
  std::uint64_t number = 0;
};

bool IsSame(const void* a, const void* b) { return a == b; }

std::string Print(const void* data) {
  return "lambda#" + std::to_string(static_cast<const NumberedClosure*>(data)->number);
}

constexpr OpaqueType kClosureType{"lambda", IsSame, Print};

const Closure& ClosureOf(Value value) {
  return static_cast<const NumberedClosure*>(value.AsOpaque().data)->closure;
}

}  // namespace

Value MakeClosure(Context& context, const Closure& closure) {
  const auto* const made =
      context.arena.New<NumberedClosure>(NumberedClosure{closure, context.NextNumber()});
  return Value::Opaque(context.arena, kClosureType, made).At(closure.range);
}

bool IsClosure(Value value) {
  return value.Is(Kind::kOpaque) && value.AsOpaque().type == &kClosureType;
}

std::string ClosureText(Value closure) { return Print(closure.AsOpaque().data); }

std::size_t ParameterCount(Value closure) { return ClosureOf(closure).lambda.parameters.count; }

Value Invoke(Context& context, Value closure, std::span<const Value> arguments) {
  const Closure& called = ClosureOf(closure);
  const std::span<const Name> parameters = (*called.tree)[called.lambda.parameters];
  const Local* locals = called.locals;
  for (std::size_t i = 0; i < parameters.size() && i < arguments.size(); ++i) {
    locals = context.arena.New<Local>(
        Local{locals, Local::Kind::kValue, parameters[i].text, arguments[i]});
  }
  return Evaluate(context, *called.names, *called.tree, called.lambda.body, locals);
}

}  // namespace restorable::arm
