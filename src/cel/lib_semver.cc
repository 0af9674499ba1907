#include "cel/libraries.h"
#include "cel/semver.h"

namespace restorable::cel {
namespace {

constexpr OpaqueType kSemver = {
    "kubernetes.Semver",
    [](const void* a, const void* b) {
      return *static_cast<const Semver*>(a) == *static_cast<const Semver*>(b);
    },
    [](const void* data) { return static_cast<const Semver*>(data)->ToString(); },
};

const Semver& Version(CallContext& call, std::size_t i) { return OpaqueData<Semver>(call[i]); }

std::optional<Semver> Parse(CallContext& call) {
  const bool lenient = call.size() > 1 && call[1].AsBool();
  return ParseSemver(call.String(0), lenient ? SemverForm::kLenient : SemverForm::kStrict);
}

Value MakeSemver(CallContext& call) {
  const auto version = Parse(call);
  if (!version) return call.Error(Quoted(call.String(0)) + " is not a semantic version");
  return MakeOpaque(call.arena(), kSemver, *version);
}

Value IsSemver(CallContext& call) { return Value::Bool(Parse(call).has_value()); }

Value Major(CallContext& call) { return Value::Int(Version(call, 0).major); }
Value Minor(CallContext& call) { return Value::Int(Version(call, 0).minor); }
Value Patch(CallContext& call) { return Value::Int(Version(call, 0).patch); }

Value CompareTo(CallContext& call) {
  const auto order = Version(call, 0) <=> Version(call, 1);
  return Value::Int(order < 0 ? -1 : order > 0 ? 1 : 0);
}
Value IsLessThan(CallContext& call) { return Value::Bool(Version(call, 0) < Version(call, 1)); }
Value IsGreaterThan(CallContext& call) { return Value::Bool(Version(call, 0) > Version(call, 1)); }

constexpr Builtin kRows[] = {
    {"semver(string) -> kubernetes.Semver", MakeSemver, Cost::kTraverse},
    {"semver(string, bool) -> kubernetes.Semver", MakeSemver, Cost::kTraverse},
    {"isSemver(string) -> bool", IsSemver, Cost::kTraverse},
    {"isSemver(string, bool) -> bool", IsSemver, Cost::kTraverse},
    {"kubernetes.Semver.major() -> int", Major},
    {"kubernetes.Semver.minor() -> int", Minor},
    {"kubernetes.Semver.patch() -> int", Patch},
    {"kubernetes.Semver.compareTo(kubernetes.Semver) -> int", CompareTo},
    {"kubernetes.Semver.isLessThan(kubernetes.Semver) -> bool", IsLessThan},
    {"kubernetes.Semver.isGreaterThan(kubernetes.Semver) -> bool", IsGreaterThan},
};

}  // namespace

std::span<const Builtin> SemverFunctions() { return kRows; }

}  // namespace restorable::cel
