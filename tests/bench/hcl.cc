// Bytes a second of parsing. RESTORABLE_BENCH_FILE names a text to measure with; without it a
// module of the usual mixture of blocks, references, templates and comments is repeated.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "base/source.h"
#include "hcl/parse.h"

namespace restorable {
namespace {

constexpr std::string_view kModule = R"(
# The cluster and what it needs.
variable "node_pools" {
  type = map(object({
    vm_size    = string
    node_count = optional(number, 3)
    zones      = optional(list(string))
  }))
  description = "Additional node pools, by name"
  default     = {}
}

resource "azurerm_kubernetes_cluster" "main" {
  name                = "aks-${var.environment}-${local.location_short}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  dns_prefix          = coalesce(var.dns_prefix, "aks-${var.environment}")

  default_node_pool {
    name           = "system"
    vm_size        = lookup(local.sizes, var.environment, "Standard_D4s_v5")
    vnet_subnet_id = azurerm_subnet.nodes[0].id
    zones          = ["1", "2", "3"]
  }

  dynamic "identity" {
    for_each = var.client_id == "" || var.client_secret == "" ? ["identity"] : []
    content {
      type = var.identity_type
    }
  }

  tags = merge(var.tags, { component = "cluster", "created-by" = "terraform" }) // all of them
}

locals {
  pools = { for name, pool in var.node_pools : name => merge(pool, { name = name }) if pool != null }
  notes = <<-EOT
    The cluster ${azurerm_kubernetes_cluster.main.name}
    has ${length(local.pools)} pools.
  EOT
}
)";

std::string Text() {
  if (const char* const path = std::getenv("RESTORABLE_BENCH_FILE"); path != nullptr) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  std::string text;
  while (text.size() < 1 << 20) text += kModule;
  return text;
}

void ParseHcl(benchmark::State& state) {
  const SourceFile file(FileId{0}, "main.tf", Text());
  std::size_t nodes = 0;
  for (auto _ : state) {
    const hcl::ParseResult result = hcl::Parse(file, Limits{});
    nodes = result.tree.node_count();
    benchmark::DoNotOptimize(nodes);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
  state.counters["nodes"] = static_cast<double>(nodes);
}
BENCHMARK(ParseHcl);

}  // namespace
}  // namespace restorable
