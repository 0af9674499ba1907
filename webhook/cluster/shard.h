#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace restorable::cluster {

// One of `count` parts that a fleet's namespaces fall into: each namespace into exactly one, the
// same in every run. What is in no namespace belongs to the first.
struct Shard {
  std::uint32_t index = 0;
  std::uint32_t count = 1;

  [[nodiscard]] bool Has(std::string_view namespace_) const;
};

// "I/N", or "N", of which the index is what Kubernetes says to a pod of an indexed job
// (JOB_COMPLETION_INDEX). Nothing for what is neither.
[[nodiscard]] std::optional<Shard> ReadShard(std::string_view text);

}  // namespace restorable::cluster
