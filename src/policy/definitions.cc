#include "policy/definitions.h"

#include <algorithm>
#include <utility>

#include "policy/diagnostics.h"
#include "policy/fields.h"
#include "policy/match_reader.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kSeverities[] = {"info", "warning", "error"};
constexpr std::string_view kDocumentKinds[] = {"Library", "Data", "Lowering", "Rule"};
enum class DocumentKind : std::uint8_t { kLibrary, kData, kLowering, kRule };

bool IsRuleId(std::string_view text) {
  const std::size_t letters =
      std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), text.size());
  const std::size_t digits = text.size() - letters;
  return letters >= 2 && digits >= 1 && text.size() <= 32 &&
         text.find_first_not_of("0123456789", letters) == std::string_view::npos;
}

bool IsDashedName(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return text.find("--") == std::string_view::npos &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::string Prose(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \n");
  return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

class DefinitionReader {
 public:
  explicit DefinitionReader(std::vector<Diagnostic>& diagnostics)
      : diagnostics_(diagnostics), matches_(diagnostics) {}

  Definitions Read(const Documents& documents) {
    struct Document {
      Value spec;
      Value metadata;
      DocumentKind kind;
      bool built_in;
    };
    std::vector<Document> all;
    for (const bool built_in : {true, false}) {
      for (const Value& root : built_in ? documents.built_in : documents.user) {
        constexpr std::string_view kNames[] = {"apiVersion", "kind", "metadata", "spec"};
        constexpr std::string_view kVersions[] = {kApiVersion};
        Fields fields(root, "a file of rules", kNames, diagnostics_);
        (void)fields.Require("apiVersion");
        const auto version = fields.Choice("apiVersion", kVersions);
        (void)fields.Require("kind");
        const auto kind = fields.Choice("kind", kDocumentKinds);
        const Value* const metadata = fields.Require("metadata");
        const Value* const spec = fields.Require("spec");
        if (!version || !kind || metadata == nullptr || spec == nullptr) continue;
        all.push_back({*spec, *metadata, static_cast<DocumentKind>(*kind), built_in});
      }
    }
    // What others refer to comes first, and named matches before all.
    for (const Document& document : all) {
      if (document.kind == DocumentKind::kLibrary) ReadMatches(document.spec);
    }
    matches_.CheckNamed();
    for (const Document& document : all) {
      switch (document.kind) {
        case DocumentKind::kLibrary:
          ReadLibrary(document.spec, document.metadata, document.built_in);
          break;
        case DocumentKind::kData:
          ReadData(document.spec, document.metadata);
          break;
        case DocumentKind::kLowering:
          ReadLowerings(document.spec, document.metadata);
          break;
        case DocumentKind::kRule:
          ReadRule(document.spec, document.metadata, document.built_in);
          break;
      }
    }
    return std::move(result_);
  }

 private:
  void ReadMatches(Value spec);
  void ReadLibrary(Value spec, Value metadata, bool built_in);
  void ReadFunctions(Fields& library);
  void ReadLookups(Fields& library, bool built_in);
  void ReadData(Value spec, Value metadata);
  void ReadLowerings(Value spec, Value metadata);
  void ReadLowering(Value entry);
  void ReadRule(Value spec, Value metadata, bool built_in);
  void ReadRuleTexts(Fields& fields, Rule& rule);
  [[nodiscard]] std::optional<Check> ReadCheck(Value value);

  [[nodiscard]] std::string_view ReadName(Value metadata, std::string_view owner);
  [[nodiscard]] std::optional<Expression> ReadExpression(Fields& fields, std::string_view name);
  [[nodiscard]] std::vector<Expression> ReadGuards(Fields& fields);
  [[nodiscard]] std::vector<NamedExpression> ReadVariables(Fields& fields);
  [[nodiscard]] std::vector<NoteExpression> ReadNotes(Fields& fields);

  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
    diagnostics_.push_back({&kind, range, std::move(args), {}});
  }

  std::vector<Diagnostic>& diagnostics_;
  MatchReader matches_;
  Definitions result_;
};

// --- What fields have in common ------------------------------------------------------------------

std::optional<Expression> DefinitionReader::ReadExpression(Fields& fields, std::string_view name) {
  const Value* const value = fields.String(name);
  if (value == nullptr) return std::nullopt;
  return Expression{value->AsString(), value->range()};
}

// An expression, or a list of them.
std::vector<Expression> DefinitionReader::ReadGuards(Fields& fields) {
  std::vector<Expression> guards;
  const Value* const value = fields.Get("when");
  if (value == nullptr) return guards;
  if (value->IsList()) {
    for (const Value& guard : fields.Strings("when")) {
      guards.push_back({guard.AsString(), guard.range()});
    }
  } else if (const auto guard = ReadExpression(fields, "when")) {
    guards.push_back(*guard);
  }
  return guards;
}

std::vector<NamedExpression> DefinitionReader::ReadVariables(Fields& fields) {
  std::vector<NamedExpression> variables;
  const Value* const map = fields.Map("variables");
  if (map == nullptr) return variables;
  for (const MapEntry& entry : map->AsMap()) {
    if (entry.key.IsString() && entry.value.IsString()) {
      variables.push_back({entry.key.AsString(), {entry.value.AsString(), entry.value.range()}});
    } else {
      Report(kWrongType, entry.value.range(), {"a variable", "a string", Describe(entry.value)});
    }
  }
  return variables;
}

std::vector<NoteExpression> DefinitionReader::ReadNotes(Fields& fields) {
  std::vector<NoteExpression> notes;
  const Value* const list = fields.List("notes");
  if (list == nullptr) return notes;
  constexpr std::string_view kNames[] = {"at", "text"};
  for (const Value& item : list->AsList()) {
    Fields note(item, "a note", kNames, diagnostics_);
    (void)note.Require("at");
    (void)note.Require("text");
    const auto at = ReadExpression(note, "at");
    const auto text = ReadExpression(note, "text");
    if (at && text) notes.push_back({*at, *text});
  }
  return notes;
}

std::string_view DefinitionReader::ReadName(Value metadata, std::string_view owner) {
  constexpr std::string_view kNames[] = {"name"};
  Fields fields(metadata, owner, kNames, diagnostics_);
  return fields.ok() ? fields.RequireText("name") : std::string_view();
}

// --- Libraries and data --------------------------------------------------------------------------

void DefinitionReader::ReadMatches(Value spec) {
  const Value* const matches = spec.Find("matches");
  if (matches == nullptr || !matches->IsMap()) return;
  for (const MapEntry& entry : matches->AsMap()) {
    if (entry.key.IsString()) matches_.AddNamed(entry);
  }
}

void DefinitionReader::ReadLibrary(Value spec, Value metadata, bool built_in) {
  (void)ReadName(metadata, "the metadata of a library");
  constexpr std::string_view kNames[] = {"matches", "variables", "functions", "lookups"};
  Fields fields(spec, "a library", kNames, diagnostics_);
  if (!fields.ok()) return;
  (void)fields.Map("matches");
  for (NamedExpression& variable : ReadVariables(fields)) {
    const auto same = [&](const NamedExpression& other) { return other.name == variable.name; };
    if (std::ranges::any_of(result_.variables, same)) {
      Report(kDuplicateName, variable.expression.range,
             {"library variable", std::string(variable.name)});
    } else {
      result_.variables.push_back(variable);
    }
  }
  ReadFunctions(fields);
  ReadLookups(fields, built_in);
}

void DefinitionReader::ReadLookups(Fields& library, bool built_in) {
  const Value* const list = library.List("lookups");
  if (list == nullptr) return;
  constexpr std::string_view kNames[] = {"match", "when"};
  for (const Value& item : list->AsList()) {
    Fields fields(item, "a look-up", kNames, diagnostics_);
    const Value* const match = fields.Require("match");
    (void)fields.Require("when");
    const auto when = ReadExpression(fields, "when");
    if (match == nullptr || !when) continue;
    result_.lookups.push_back({matches_.Read(*match), *when, built_in});
  }
}

void DefinitionReader::ReadFunctions(Fields& library) {
  const Value* const functions = library.Map("functions");
  if (functions == nullptr) return;
  for (const MapEntry& entry : functions->AsMap()) {
    constexpr std::string_view kFunctionNames[] = {"params", "expression"};
    Fields function(entry.value, "a function", kFunctionNames, diagnostics_);
    if (!function.ok() || !entry.key.IsString()) continue;
    (void)function.Require("expression");
    const auto expression = ReadExpression(function, "expression");
    if (!expression) continue;
    LibraryFunction added{entry.key.AsString(), {}, *expression};
    for (const Value& parameter : function.Strings("params")) {
      added.parameters.emplace_back(parameter.AsString());
    }
    const auto same = [&](const LibraryFunction& other) { return other.name == added.name; };
    if (std::ranges::any_of(result_.functions, same)) {
      Report(kDuplicateName, entry.key.range(), {"function", std::string(added.name)});
    } else {
      result_.functions.push_back(std::move(added));
    }
  }
}

void DefinitionReader::ReadData(Value spec, Value metadata) {
  const std::string_view name = ReadName(metadata, "the metadata of a data table");
  if (name.empty()) return;
  if (!spec.IsMap()) {
    return Report(kWrongType, spec.range(), {"a data table", "a map", Describe(spec)});
  }
  const auto same = [&](const DataTable& other) { return other.name == name; };
  if (std::ranges::any_of(result_.data, same) || name == "asOf") {
    return Report(kDuplicateName, metadata.range(), {"data table", std::string(name)});
  }
  result_.data.push_back({name, spec});
}

// --- Lowering ------------------------------------------------------------------------------------

void DefinitionReader::ReadLowerings(Value spec, Value metadata) {
  (void)ReadName(metadata, "the metadata of a lowering");
  constexpr std::string_view kNames[] = {"resources"};
  Fields fields(spec, "a lowering", kNames, diagnostics_);
  (void)fields.Require("resources");
  const Value* const list = fields.ok() ? fields.List("resources") : nullptr;
  if (list == nullptr) return;
  for (const Value& entry : list->AsList()) ReadLowering(entry);
}

void DefinitionReader::ReadLowering(Value entry) {
  constexpr std::string_view kNames[] = {"match",  "forEach", "when",   "variables",
                                         "unwrap", "part",    "type",   "typeFrom",
                                         "name",   "id",      "parent", "body"};
  const std::size_t errors = diagnostics_.size();
  Fields fields(entry, "a lowered resource", kNames, diagnostics_);
  if (!fields.ok()) return;
  Lowering lowering;
  if (const Value* const match = fields.Require("match")) lowering.match = matches_.Read(*match);
  lowering.for_each = ReadExpression(fields, "forEach");
  lowering.when = ReadGuards(fields);
  lowering.variables = ReadVariables(fields);
  lowering.unwrap = ReadExpression(fields, "unwrap");
  if (!lowering.unwrap) {
    lowering.part = fields.Bool("part").value_or(false);
    lowering.type_from = ReadExpression(fields, "typeFrom");
    if (!lowering.type_from) lowering.type = fields.RequireText("type");
    (void)fields.Require("name");
    (void)fields.Require("id");
  }
  lowering.name = ReadExpression(fields, "name");
  lowering.id = ReadExpression(fields, "id");
  lowering.parent = ReadExpression(fields, "parent");
  if (const Value* const body = fields.Get("body")) {
    lowering.body = *body;
    if (!body->IsString()) (void)fields.Map("body");
  }
  if (diagnostics_.size() == errors) result_.lowerings.push_back(std::move(lowering));
}

// --- Rules ---------------------------------------------------------------------------------------

void DefinitionReader::ReadRule(Value spec, Value metadata, bool built_in) {
  constexpr std::string_view kMetadataNames[] = {"id", "name"};
  constexpr std::string_view kNames[] = {
      "title",   "severity",  "category", "docs", "description", "remediation", "matrix",
      "enabled", "admission", "params",   "when", "checks",      "tests"};
  Fields head(metadata, "the metadata of a rule", kMetadataNames, diagnostics_);
  Fields fields(spec, "a rule", kNames, diagnostics_);
  if (!head.ok() || !fields.ok()) return;
  const Value* const id = head.Require("id") == nullptr ? nullptr : head.String("id");
  if (id == nullptr) return;
  Rule rule;
  rule.built_in = built_in;
  rule.range = id->range();
  rule.id = id->AsString();
  if (!IsRuleId(rule.id)) return Report(kBadRuleId, id->range(), {rule.id});
  const auto same_id = [&](const RuleDefinition& other) { return other.rule.id == rule.id; };
  if (std::ranges::any_of(result_.rules, same_id)) {
    return Report(kDuplicateRule, id->range(), {rule.id});
  }
  rule.name = head.RequireText("name");
  const auto same_name = [&](const RuleDefinition& other) { return other.rule.name == rule.name; };
  if (!IsDashedName(rule.name)) {
    const Value* const name = head.Get("name");
    if (name != nullptr) Report(kBadName, name->range(), {rule.name});
  } else if (std::ranges::any_of(result_.rules, same_name)) {
    Report(kDuplicateRule, head.Get("name")->range(), {rule.name});
  }
  ReadRuleTexts(fields, rule);
  rule.when = ReadGuards(fields);
  const Value* const checks = fields.Require("checks") == nullptr ? nullptr : fields.List("checks");
  if (checks != nullptr && checks->size() == 0) Report(kNoChecks, checks->range(), {});
  if (checks != nullptr) {
    for (const Value& item : checks->AsList()) {
      if (auto check = ReadCheck(item)) rule.checks.push_back(std::move(*check));
    }
  }
  const Value* const tests = fields.List("tests");
  result_.rules.push_back({std::move(rule), tests == nullptr ? Value() : *tests});
}

void DefinitionReader::ReadRuleTexts(Fields& fields, Rule& rule) {
  rule.title = fields.RequireText("title");
  (void)fields.Require("severity");
  if (const auto severity = fields.Choice("severity", kSeverities)) {
    rule.severity = static_cast<Severity>(*severity);
  }
  rule.category = fields.RequireText("category");
  if (!rule.category.empty() && !IsDashedName(rule.category)) {
    Report(kBadName, fields.Get("category")->range(), {rule.category});
  }
  rule.docs = fields.Text("docs");
  rule.description = Prose(fields.Text("description"));
  rule.remediation = Prose(fields.Text("remediation"));
  for (const Value& profile : fields.Strings("matrix")) {
    rule.matrix.emplace_back(profile.AsString());
  }
  rule.enabled = fields.Bool("enabled").value_or(true);
  rule.admission = fields.Bool("admission").value_or(true);
  if (const Value* const params = fields.Map("params")) rule.params = *params;
}

std::optional<Check> DefinitionReader::ReadCheck(Value value) {
  constexpr std::string_view kNames[] = {"match",  "forEach", "when",    "variables",
                                         "assert", "at",      "message", "notes"};
  const std::size_t errors = diagnostics_.size();
  Fields fields(value, "a check", kNames, diagnostics_);
  if (!fields.ok()) return std::nullopt;
  Check check;
  check.range = value.range();
  if (const Value* const match = fields.Require("match")) check.match = matches_.Read(*match);
  check.for_each = ReadExpression(fields, "forEach");
  check.when = ReadGuards(fields);
  check.variables = ReadVariables(fields);
  (void)fields.Require("assert");
  if (const auto assertion = ReadExpression(fields, "assert")) check.assertion = *assertion;
  check.at = ReadExpression(fields, "at");
  check.message = ReadExpression(fields, "message");
  check.notes = ReadNotes(fields);
  if (diagnostics_.size() != errors) return std::nullopt;
  return check;
}

}  // namespace

Definitions ReadDefinitions(const Documents& documents, std::vector<Diagnostic>& diagnostics) {
  return DefinitionReader(diagnostics).Read(documents);
}

}  // namespace restorable::policy
