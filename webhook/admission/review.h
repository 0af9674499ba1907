#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "value/value.h"

namespace restorable::admission {

enum class Operation : std::uint8_t { kCreate, kUpdate, kDelete, kConnect };

// "CREATE", "UPDATE", "DELETE", "CONNECT".
[[nodiscard]] std::string_view Name(Operation operation);

// What the API server asks. Views live as long as the text and the arena it was read into.
struct ReviewRequest {
  std::string_view uid;
  Operation operation = Operation::kCreate;
  // Of the object as the webhook registered for it, which an equivalent version may stand for.
  std::string_view group;
  std::string_view version;
  std::string_view kind;
  std::string_view sub_resource;  // empty for the object itself
  std::string_view name;          // empty while it is to be generated
  std::string_view namespace_;    // empty for the whole cluster
  std::string_view username;
  bool dry_run = false;
  Value object;      // null on DELETE
  Value old_object;  // null on CREATE
  Value fields;      // all of it but the objects, as rules see `request`
};

// Why there is no verdict: the status of the HTTP answer, and a sentence for its body.
struct Refusal {
  int status = 400;
  std::string message;
};

// Reads an AdmissionReview of admission.k8s.io/v1. What is null counts as absent.
// Errors: 400 for what is no such review.
[[nodiscard]] tl::expected<ReviewRequest, Refusal> ReadReview(const SourceFile& file, Arena& arena,
                                                              const Limits& limits);

}  // namespace restorable::admission
