#pragma once

#include <cstdint>
#include <span>

#include "cel/builtin.h"
#include "cel/tree.h"
#include "value/value.h"

// What evaluation costs, in the units of Kubernetes' API server.
// Source: the cost estimates of k8s.io/apiserver's CEL library and of cel-go's runtime, which agree
// within a small factor.
namespace restorable::cel {

inline constexpr std::uint64_t kReadCost = 1;   // a variable, a selection, an index
inline constexpr std::uint64_t kListCost = 10;  // a list literal
inline constexpr std::uint64_t kMapCost = 30;   // a map literal
inline constexpr std::uint64_t kAuthorizerCost = 350'000;

// One round of a macro's loop beyond what its expressions cost: the reference implementation keeps
// the result in a variable, which it tests and makes anew in each round.
[[nodiscard]] std::uint64_t RoundCost(Macro macro);

[[nodiscard]] std::uint64_t CallCost(Cost cost, std::span<const Value> arguments);
[[nodiscard]] std::uint64_t OperatorCost(BinaryOp op, Value a, Value b);

}  // namespace restorable::cel
