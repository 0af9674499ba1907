#include "policy/admission_policy.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "policy/inliner.h"
#include "policy/rule_set_impl.h"

namespace restorable::policy {
namespace {

// ValidatingAdmissionPolicy v1.
constexpr int kFirstMinor = 30;

std::string Joined(const std::vector<std::string>& parts, std::string_view operation) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out.append(" ").append(operation).append(" ");
    out += "(" + part + ")";
  }
  return out;
}

// What a check is about that is about no object.
std::string Subject(const Match& match) {
  if (!match.azure.empty()) return "it is about Azure resources that objects describe";
  return std::string("it is about ") + (match.terraform.empty() ? "modules" : "resources") +
         " of Terraform, which no API server sees";
}

// What Kubernetes knows besides functions.
cel::Environment PolicyEnvironment(const AdmissionPolicy& policy) {
  cel::Environment environment;
  for (const cel::Library& library : cel::AllLibraries()) environment.AddLibrary(library);
  for (const char* name : {"object", "oldObject", "request", "namespaceObject"}) {
    environment.AddVariable(name, {});
  }
  for (const auto& [name, text] : policy.variables)
    environment.AddVariable("variables." + name, {});
  return environment;
}

class CheckExporter {
 public:
  CheckExporter(const RuleSet::Impl& rules, const Rule& rule, const Check& check,
                std::size_t number, const Limits& limits)
      : rule_(rule), check_(check), inliner_(rules.definitions, rules.as_of, rule, check, limits) {
    policy_.rule = &rule;
    policy_.check = &check;
    policy_.name = AsciiLower(rule.id) + "-" + rule.name + "-" + std::to_string(number);
    policy_.message = rule.id + ": " + rule.title;
  }

  // Why it cannot be exported; empty if it is in policy().
  std::string Export() {
    if (check_.match.kubernetes.empty()) return Subject(check_.match);
    std::vector<std::string> guards;
    std::vector<std::string> item_guards;
    for (const auto* list : {&rule_.when, &check_.when}) {
      for (const Expression& guard : *list) {
        const bool is_item = check_.for_each && inliner_.UsesItem(guard.text);
        const auto text = inliner_.Inline(guard.text, is_item);
        if (!text) return inliner_.reason();
        (is_item ? item_guards : guards).push_back(*text);
      }
    }
    const auto assertion = inliner_.Inline(check_.assertion.text, check_.for_each.has_value());
    if (!assertion) return inliner_.reason();
    const auto items =
        check_.for_each ? inliner_.Inline(check_.for_each->text, false) : std::nullopt;
    if (check_.for_each && !items) return inliner_.reason();
    Compose(guards, item_guards, *assertion, items);
    AddMessage(item_guards, *assertion, items);
    policy_.variables = inliner_.variables();
    policy_.gaps = inliner_.gaps();
    return CheckFeatures();
  }

  [[nodiscard]] AdmissionPolicy TakePolicy() { return std::move(policy_); }

 private:
  void Compose(const std::vector<std::string>& guards, const std::vector<std::string>& item_guards,
               const std::string& assertion, const std::optional<std::string>& items) {
    std::string holds = assertion;
    if (items) {
      const std::string each = item_guards.empty()
                                   ? assertion
                                   : "!(" + Joined(item_guards, "&&") + ") || (" + assertion + ")";
      holds = "(" + *items + ").all(item, " + each + ")";
    }
    policy_.expression =
        guards.empty() ? holds : "!(" + Joined(guards, "&&") + ") || (" + holds + ")";
  }

  // A message that cannot be inlined is said without the object's part in it.
  void AddMessage(std::vector<std::string> item_guards, const std::string& assertion,
                  const std::optional<std::string>& items) {
    if (!check_.message) return;
    const auto text = inliner_.Inline(check_.message->text, items.has_value());
    if (!text) return;
    std::string message = "(" + *text + ")";
    if (items) {
      item_guards.push_back("!(" + assertion + ")");
      message = "(" + *items + ").filter(item, " + Joined(item_guards, "&&") + ").map(item, " +
                *text + ")[0]";
    }
    policy_.message_expression = "'" + rule_.id + ": ' + " + message;
  }

  std::string CheckFeatures() {
    const cel::Environment environment = PolicyEnvironment(policy_);
    std::vector<const std::string*> texts{&policy_.expression};
    for (const auto& [name, text] : policy_.variables) texts.push_back(&text);
    for (const std::string* const text : texts) {
      if (std::string reason = CheckText(environment, *text); !reason.empty()) return reason;
    }
    if (!policy_.message_expression.empty() &&
        !CheckText(environment, policy_.message_expression).empty()) {
      policy_.message_expression.clear();
    }
    return {};
  }

  std::string CheckText(const cel::Environment& environment, const std::string& text) {
    const cel::CompileResult compiled = cel::Compile(environment, text, Limits{});
    if (!compiled.program) {
      return "it does not compile: " +
             (compiled.diagnostics.empty() ? "" : Message(compiled.diagnostics.front()));
    }
    for (const cel::Program::Feature& feature : compiled.program->features()) {
      if (feature.kubernetes_minor < 0) {
        return "it uses " + std::string(feature.name) + ", which no API server has";
      }
      policy_.kubernetes_minor = std::max(policy_.kubernetes_minor, feature.kubernetes_minor);
    }
    return {};
  }

  const Rule& rule_;
  const Check& check_;
  Inliner inliner_;
  AdmissionPolicy policy_{.kubernetes_minor = kFirstMinor};
};

}  // namespace

ExportedPolicies ExportPolicies(const RuleSet& rules, const Limits& limits) {
  ExportedPolicies exported;
  for (const Rule& rule : rules.rules()) {
    if (!rule.enabled || !rule.admission) continue;
    for (std::size_t i = 0; i < rule.checks.size(); ++i) {
      CheckExporter exporter(rules.impl(), rule, rule.checks[i], i + 1, limits);
      std::string reason = exporter.Export();
      if (reason.empty()) {
        exported.policies.push_back(exporter.TakePolicy());
      } else {
        exported.others.push_back({&rule, i + 1, std::move(reason)});
      }
    }
  }
  return exported;
}

}  // namespace restorable::policy
