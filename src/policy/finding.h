#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/range.h"

namespace restorable::policy {

struct Rule;

enum class Verdict : std::uint8_t { kPass, kUndetermined, kViolated };

// "pass", "undetermined", "violated".
[[nodiscard]] std::string_view Name(Verdict verdict);

// Why a finding does not count: a comment in the source, or an entry of the configuration.
struct Suppression {
  enum class Kind : std::uint8_t { kInSource, kConfiguration };
  Kind kind = Kind::kInSource;
  std::string reason;
  std::string until;  // "2026-12-31", or empty
  Range range;        // the comment; none for the configuration
};

// What a rule says of a resource that does not pass. Owns all its text: it outlives the arenas.
struct Finding {
  const Rule* rule = nullptr;
  Severity severity = Severity::kError;  // after configuration
  Verdict verdict = Verdict::kViolated;
  std::string message;
  std::string resource_type;     // "storage.k8s.io/v1/StorageClass", "v1/Pod" or an ARM type
  std::string resource_address;  // "StorageClass/fast", "PersistentVolumeClaim/shop/data"
  Range range;                   // of the offending value
  std::vector<Note> origin;      // how that value came there, and the places that play a part
  std::size_t steps = 0;         // those of `origin`, in front, that are the way of the value
  std::vector<std::string> waiting_for;  // undetermined: the inputs that would decide
  std::string fingerprint;               // stable over unrelated edits; equal findings are numbered
  std::optional<Suppression> suppressed;
  std::vector<std::string> environments;  // empty: all there are
};

}  // namespace restorable::policy
