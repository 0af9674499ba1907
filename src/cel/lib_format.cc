#include <string>

#include "cel/formats.h"
#include "cel/libraries.h"

namespace restorable::cel {
namespace {

constexpr OpaqueType kNamedFormat = {
    "kubernetes.NamedFormat",
    [](const void* a, const void* b) { return a == b; },
    [](const void* data) { return std::string(static_cast<const NamedFormat*>(data)->name); },
};

Value Named(CallContext& call) {
  const NamedFormat* const format = FindFormat(call.String(0));
  if (format == nullptr) return Value::None();
  return Value::Some(call.arena(), Value::Opaque(call.arena(), kNamedFormat, format));
}

Value Format(CallContext& call, std::string_view name) {
  return Value::Opaque(call.arena(), kNamedFormat, FindFormat(name));
}

Value Validate(CallContext& call) {
  const auto problems = OpaqueData<NamedFormat>(call[0]).validate(call.String(1));
  if (problems.empty()) return Value::None();
  const std::span<Value> texts = call.arena().NewArray<Value>(problems.size());
  for (std::size_t i = 0; i < problems.size(); ++i) texts[i] = call.Return(problems[i]);
  return Value::Some(call.arena(), Value::List(texts));
}

constexpr Builtin kRows[] = {
    {"format.byte() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "byte"); }},
    {"format.date() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "date"); }},
    {"format.datetime() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "datetime"); }},
    {"format.dns1035Label() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "dns1035Label"); }},
    {"format.dns1035LabelPrefix() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "dns1035LabelPrefix"); }},
    {"format.dns1123Label() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "dns1123Label"); }},
    {"format.dns1123LabelPrefix() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "dns1123LabelPrefix"); }},
    {"format.dns1123Subdomain() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "dns1123Subdomain"); }},
    {"format.dns1123SubdomainPrefix() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "dns1123SubdomainPrefix"); }},
    {"format.labelValue() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "labelValue"); }},
    {"format.qualifiedName() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "qualifiedName"); }},
    {"format.uri() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "uri"); }},
    {"format.uuid() -> kubernetes.NamedFormat",
     [](CallContext& call) { return Format(call, "uuid"); }},
    {"format.named(string) -> optional_type(kubernetes.NamedFormat)", Named},
    {"kubernetes.NamedFormat.validate(string) -> optional_type(list(string))", Validate,
     Cost::kTraverse},
};

}  // namespace

std::span<const Builtin> FormatFunctions() { return kRows; }

}  // namespace restorable::cel
