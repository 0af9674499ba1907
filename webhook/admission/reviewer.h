#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "admission/answer.h"
#include "admission/policy.h"
#include "base/diagnostic.h"
#include "policy/finding.h"

namespace restorable::admission {

// What is noted of one review, for logs and metrics. Owns its text.
struct Record {
  std::string uid;
  std::string operation;  // "CREATE"; empty if the review could not be read
  std::string group, version, kind;
  std::string namespace_, name, username;
  bool dry_run = false;
  Decision decision = Decision::kError;
  struct Judgement {
    std::string rule;
    policy::Verdict verdict = policy::Verdict::kViolated;
    bool suppressed = false;
  };
  std::vector<Judgement> judgements;
  struct RuleError {
    std::string rule;
    std::string message;
  };
  std::vector<RuleError> errors;
};

// The answer to a POST: anything but 200 means that there is no verdict.
struct Response {
  int status = 200;
  std::string body;  // an AdmissionReview, or a sentence
  Record record;
};

// One thread's way from bytes to answers. Nothing of a review is left for the next.
class Reviewer {
 public:
  explicit Reviewer(std::shared_ptr<const Policy> policy);
  Reviewer(Reviewer&&) noexcept;
  ~Reviewer();

  [[nodiscard]] const std::shared_ptr<const Policy>& policy() const;

  // Errors: 400 for a body that is no review of admission.k8s.io/v1, 500 once the deadline is over.
  [[nodiscard]] Response Review(std::string body, std::chrono::steady_clock::time_point deadline);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable::admission
