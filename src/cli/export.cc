#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "cli/app.h"
#include "cli/loaded_rules.h"
#include "cli/output.h"
#include "kubernetes/object_kinds.h"
#include "policy/admission_policy.h"
#include "policy/rule.h"
#include "value/json.h"

namespace restorable::cli {
namespace {

using kubernetes::ObjectKind;

constexpr std::string_view kVap = "vap";
// Where nobody's volumes are, and where the backup extension lives.
constexpr std::string_view kExemptNamespaces =
    "[kube-system, kube-node-lease, kube-public, dataprotection-microsoft]";

struct ExportArguments {
  std::string what;
  std::string action;  // empty: by severity
  RuleOptions rules;
};

std::string Quoted(std::string_view text) {
  std::string out;
  AppendJsonString(out, text);
  return out;
}

std::string_view ActionFor(const policy::Rule& rule, std::string_view given) {
  if (given == "deny") return "Deny";
  if (given == "warn") return "Warn";
  if (given == "audit") return "Audit";
  switch (rule.effective_severity) {
    case Severity::kError:
      return "Deny";
    case Severity::kWarning:
      return "Warn";
    case Severity::kInfo:
      break;
  }
  return "Audit";
}

bool Selects(const policy::Selector& selector, const ObjectKind& kind) {
  const auto has = [](const std::vector<std::string_view>& names, std::string_view name) {
    return std::ranges::any_of(names, [&](auto n) { return n == name || n == "*"; });
  };
  return has(selector.groups, kind.group) && has(selector.kinds, kind.kind);
}

// The kinds that a check is about, as far as their plurals are known.
std::vector<const ObjectKind*> KindsOf(const policy::Check& check) {
  std::vector<const ObjectKind*> kinds;
  for (const ObjectKind& kind : kubernetes::ObjectKinds()) {
    const bool is_meant = std::ranges::any_of(
        check.match.kubernetes, [&](const auto& selector) { return Selects(selector, kind); });
    if (is_meant) kinds.push_back(&kind);
  }
  return kinds;
}

std::string ResourceRules(const std::vector<const ObjectKind*>& kinds) {
  std::map<std::pair<std::string_view, std::string_view>, std::string> plurals;
  for (const ObjectKind* const kind : kinds) {
    std::string& list = plurals[{kind->group, kind->version}];
    list.append(list.empty() ? "" : ", ").append(kind->plural);
  }
  std::string out;
  for (const auto& [key, list] : plurals) {
    out += fmt::format("      - apiGroups: [{}]\n        apiVersions: [{}]\n", Quoted(key.first),
                       key.second);
    out += fmt::format("        operations: [CREATE, UPDATE]\n        resources: [{}]\n", list);
  }
  return out;
}

std::string PolicyText(const policy::AdmissionPolicy& policy,
                       const std::vector<const ObjectKind*>& kinds) {
  std::string out =
      "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n";
  out += fmt::format("  name: {}\n  annotations:\n    restorable.dev/rule: {}\n", policy.name,
                     policy.rule->id);
  out += fmt::format("    restorable.dev/kubernetes: \"1.{}\"\n", policy.kubernetes_minor);
  if (!policy.rule->docs.empty()) {
    out += fmt::format("    restorable.dev/docs: {}\n", Quoted(policy.rule->docs));
  }
  // An expression that fails does so for what is not known in a review: that must not deny.
  out += "spec:\n  failurePolicy: Ignore\n  matchConstraints:\n    matchPolicy: Equivalent\n";
  out += "    resourceRules:\n" + ResourceRules(kinds);
  out +=
      "  matchConditions:\n"
      "    - name: not-by-nodes\n"
      "      expression: \"!('system:nodes' in request.userInfo.groups)\"\n"
      "    - name: not-being-deleted\n"
      "      expression: \"!has(object.metadata.deletionTimestamp)\"\n"
      "    - name: not-by-the-backup-extension\n"
      "      expression: "
      "\"!request.userInfo.username.startsWith('system:serviceaccount:dataprotection-microsoft:')"
      "\"\n";
  if (!policy.variables.empty()) out += "  variables:\n";
  for (const auto& [name, text] : policy.variables) {
    out += fmt::format("    - name: {}\n      expression: {}\n", name, Quoted(text));
  }
  out += fmt::format("  validations:\n    - expression: {}\n      message: {}\n",
                     Quoted(policy.expression), Quoted(policy.message));
  if (!policy.message_expression.empty()) {
    out += fmt::format("      messageExpression: {}\n", Quoted(policy.message_expression));
  }
  return out + "      reason: Forbidden\n";
}

std::string BindingText(const policy::AdmissionPolicy& policy, std::string_view action) {
  return fmt::format(
      "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\n"
      "metadata:\n  name: {0}\nspec:\n  policyName: {0}\n  validationActions: [{1}]\n"
      "  matchResources:\n    namespaceSelector:\n      matchExpressions:\n"
      "        - {{key: kubernetes.io/metadata.name, operator: NotIn, values: {2}}}\n",
      policy.name, action, kExemptNamespaces);
}

ExitStatus ExportVap(const ExportArguments& arguments) {
  const auto loaded = LoadRules(arguments.rules, ".", Limits{});
  if (!loaded || !loaded->complete) return ExitStatus::kFailure;
  policy::ExportedPolicies exported = policy::ExportPolicies(*loaded->rules, Limits{});
  std::string out;
  std::size_t count = 0;
  for (const policy::AdmissionPolicy& policy : exported.policies) {
    const std::vector<const ObjectKind*> kinds = KindsOf(*policy.check);
    if (kinds.empty()) {
      PrintError(fmt::format("{}: left out, the plural of its kind is not known\n", policy.name));
      continue;
    }
    ++count;
    out += (out.empty() ? "" : "---\n") + PolicyText(policy, kinds);
    out += "---\n" + BindingText(policy, ActionFor(*policy.rule, arguments.action));
    for (const std::string& gap : policy.gaps) {
      PrintError(fmt::format("{}: lets some objects pass, {}\n", policy.name, gap));
    }
  }
  for (const policy::NotExported& other : exported.others) {
    PrintError(
        fmt::format("{}, check {}: left out, {}\n", other.rule->id, other.check, other.reason));
  }
  PrintError(fmt::format("{} policies, {} checks left out\n", count, exported.others.size()));
  return Print(out) ? ExitStatus::kPass : ExitStatus::kFailure;
}

}  // namespace

Action DeclareExport(CLI::App& app) {
  const auto arguments = std::make_shared<ExportArguments>();
  app.add_option("WHAT", arguments->what, "vap: ValidatingAdmissionPolicies and their bindings")
      ->required()
      ->type_name("vap")
      ->check(OneOf({kVap}));
  app.add_option("--action", arguments->action, "what all do, instead of what their severity says")
      ->type_name("deny|warn|audit")
      ->check(OneOf({"deny", "warn", "audit"}));
  DeclareRuleOptions(app, arguments->rules);
  return [arguments] { return ExportVap(*arguments); };
}

}  // namespace restorable::cli
