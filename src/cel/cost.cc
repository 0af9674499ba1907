#include "cel/cost.h"

#include <algorithm>

#include "base/text.h"

namespace restorable::cel {
namespace {

// Code points of a string, octets of bytes, elements, entries; 1 for a scalar.
std::uint64_t SizeOf(Value value) {
  switch (value.kind()) {
    case Kind::kString:
      return CodePointCount(value.AsString());
    case Kind::kBytes:
    case Kind::kList:
    case Kind::kMap:
      return value.size();
    default:
      return 1;
  }
}

// `size` tenths (or fifths, quarters), rounded up, and never for nothing.
std::uint64_t Share(std::uint64_t size, std::uint64_t part) {
  return std::max<std::uint64_t>((size + part - 1) / part, 1);
}
std::uint64_t Tenth(std::uint64_t size) { return Share(size, 10); }

std::uint64_t SizeOfArgument(std::span<const Value> arguments, std::size_t i) {
  return i < arguments.size() ? SizeOf(arguments[i]) : 1;
}

}  // namespace

std::uint64_t RoundCost(Macro macro) {
  switch (macro) {
    case Macro::kAll:
    case Macro::kExists:
      return 3;
    case Macro::kExistsOne:
      return 2;
    case Macro::kFilter:
    case Macro::kMap:
      return 2 + kListCost;
    case Macro::kTransformMap:
    case Macro::kTransformMapEntry:
      return 2;
    case Macro::kSortBy:
      return 2 + kListCost;
  }
  return 1;
}

std::uint64_t CallCost(Cost cost, std::span<const Value> arguments) {
  const std::uint64_t size = SizeOfArgument(arguments, 0);
  switch (cost) {
    case Cost::kOne:
      return 1;
    case Cost::kTraverse:
      return Tenth(size);
    case Cost::kTraverseTwice:
      return Share(size, 5);
    case Cost::kCompare:
      return Tenth(std::min(size, SizeOfArgument(arguments, 1)));
    case Cost::kConcatenate:
      return Tenth(size + SizeOfArgument(arguments, 1));
    case Cost::kContains:
      return Tenth(size) * Tenth(SizeOfArgument(arguments, 1));
    case Cost::kRegex:
      return Tenth(size + 1) * Share(SizeOfArgument(arguments, 1), 4);
    case Cost::kList:
      return std::max<std::uint64_t>(size, 1);
    case Cost::kListProduct:
      return std::max<std::uint64_t>(size * SizeOfArgument(arguments, 1), 1);
    case Cost::kAuthorizer:
      return kAuthorizerCost;
  }
  return 1;
}

std::uint64_t OperatorCost(BinaryOp op, Value a, Value b) {
  switch (op) {
    case BinaryOp::kAdd:
      if (a.IsString() || a.Is(Kind::kBytes)) return Tenth(SizeOf(a) + SizeOf(b));
      return 1;
    case BinaryOp::kIn:
      return b.IsList() ? std::max<std::uint64_t>(b.size(), 1) : 1;
    case BinaryOp::kEqual:
    case BinaryOp::kNotEqual:
    case BinaryOp::kLess:
    case BinaryOp::kLessOrEqual:
    case BinaryOp::kGreater:
    case BinaryOp::kGreaterOrEqual:
      // Ten octets are at most ten code points, and those cost one unit.
      if (a.kind() != b.kind() || std::min(a.size(), b.size()) <= 10) return 1;
      return Tenth(std::min(SizeOf(a), SizeOf(b)));
    default:
      return 1;
  }
}

}  // namespace restorable::cel
