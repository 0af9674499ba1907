#pragma once

#include <cstddef>
#include <cstdint>

namespace restorable {

// The bounds of one run. Passing one is a diagnostic that names it.
struct Limits {
  std::size_t file_bytes = std::size_t{32} << 20;
  std::uint32_t nesting = 200;               // containers within containers, aliases followed
  std::uint32_t flow_nesting = 64;           // YAML's [ ] and { } within each other
  std::uint32_t documents = 100'000;         // in one YAML stream
  std::uint32_t document_nodes = 1'000'000;  // values in one document
  std::uint32_t alias_nodes = 100'000;       // values that aliases of one document expand to
  std::uint32_t directives = 64;             // % lines before one YAML document
  std::uint64_t cel_cost = 1'000'000;        // one expression, in Kubernetes' cost units
  std::uint64_t rule_cost = 10'000'000;      // all expressions of one rule on one resource
  // One rule on all resources of a kind, of which each may cost the same part, or the least if that
  // is more: everything may look at everything else, but not for hours.
  std::uint64_t kind_cost = 1'000'000'000;
  std::uint64_t least_part = 50'000;
  std::uint32_t expression_code_points = 100'000;
  std::uint32_t expression_depth = 250;
  std::uint64_t evaluation_steps = 10'000'000;  // Terraform, Bicep and ARM, one deployment
  std::uint32_t module_depth = 64;
};

}  // namespace restorable
