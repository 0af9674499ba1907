#include "policy/match_reader.h"

#include "policy/diagnostics.h"
#include "policy/fields.h"

namespace restorable::policy {
namespace {

constexpr int kMostNamesWithinNames = 32;

}  // namespace

void MatchReader::AddNamed(const MapEntry& entry) {
  const std::string name(entry.key.AsString());
  const bool added = named_.try_emplace(name, Named{entry.value}).second;
  if (added) return;
  diagnostics_.push_back({&kDuplicateName, entry.key.range(), {"match", name}, {}});
}

void MatchReader::CheckNamed() {
  for (auto& [name, named] : named_) (void)Resolve(named);
}

Match MatchReader::Read(Value match) {
  constexpr std::string_view kNames[] = {"kubernetes", "azure", "terraform", "modules"};
  const std::size_t errors = diagnostics_.size();
  Fields fields(match, "a match", kNames, diagnostics_);
  Match result;
  if (!fields.ok()) return result;
  if (const Value* const entries = fields.List("kubernetes")) {
    ReadEntries(*entries, result.kubernetes);
  }
  for (const Value& type : fields.Strings("azure")) result.azure.push_back(type.AsString());
  for (const Value& type : fields.Strings("terraform")) result.terraform.push_back(type.AsString());
  for (const Value& source : fields.Strings("modules")) result.modules.push_back(source.AsString());
  const bool empty = result.kubernetes.empty() && result.azure.empty() &&
                     result.terraform.empty() && result.modules.empty();
  if (empty && diagnostics_.size() == errors) {
    diagnostics_.push_back({&kEmptyMatch, match.range(), {}, {}});
  }
  return result;
}

void MatchReader::ReadEntries(Value entries, std::vector<Selector>& selectors) {
  if (!entries.IsList()) {
    diagnostics_.push_back(
        {&kWrongType, entries.range(), {"a match", "a list", Describe(entries)}, {}});
    return;
  }
  for (const Value& entry : entries.AsList()) {
    if (entry.IsString()) {
      ReadName(entry, selectors);
    } else {
      selectors.push_back(ReadSelector(entry));
    }
  }
}

void MatchReader::ReadName(Value name, std::vector<Selector>& selectors) {
  const auto found = named_.find(name.AsString());
  if (found == named_.end()) {
    std::vector<std::string_view> names;
    for (const auto& [known, named] : named_) names.push_back(known);
    diagnostics_.push_back({&kUnknownMatch,
                            name.range(),
                            {std::string(name.AsString()), Suggestion(name.AsString(), names)},
                            {}});
    return;
  }
  if (found->second.state == Named::State::kReading) {
    diagnostics_.push_back({&kCyclicMatch, name.range(), {found->first}, {}});
    return;
  }
  const std::vector<Selector>& named = Resolve(found->second);
  selectors.insert(selectors.end(), named.begin(), named.end());
}

const std::vector<Selector>& MatchReader::Resolve(Named& named) {
  if (named.state != Named::State::kUnread) return named.selectors;
  named.state = Named::State::kReading;
  if (depth_ == kMostNamesWithinNames) {
    diagnostics_.push_back(
        {&kMatchTooDeep, named.entries.range(), {std::to_string(kMostNamesWithinNames)}, {}});
  } else {
    ++depth_;
    ReadEntries(named.entries, named.selectors);
    --depth_;
  }
  named.state = Named::State::kRead;
  return named.selectors;
}

Selector MatchReader::ReadSelector(Value entry) {
  constexpr std::string_view kNames[] = {"apiGroups", "apiVersions", "kinds"};
  Fields fields(entry, "a selector", kNames, diagnostics_);
  Selector selector;
  (void)fields.Require("apiGroups");
  (void)fields.Require("kinds");
  for (const Value& group : fields.Strings("apiGroups")) {
    selector.groups.push_back(group.AsString());
  }
  for (const Value& version : fields.Strings("apiVersions")) {
    selector.versions.push_back(version.AsString());
  }
  for (const Value& kind : fields.Strings("kinds")) selector.kinds.push_back(kind.AsString());
  return selector;
}

}  // namespace restorable::policy
