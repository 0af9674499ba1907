// Bytes as the body of a review: nothing crashes, an answer of status 200 is JSON of bounded size
// that echoes the request's uid and says nothing that the API server would refuse, and the same
// bytes give the same answer.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "admission/answer.h"
#include "admission/policy.h"
#include "admission/reviewer.h"
#include "base/text.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

const std::shared_ptr<const admission::Policy>& ThePolicy() {
  static const std::shared_ptr<const admission::Policy> policy = [] {
    Limits limits;
    limits.nesting = 40;
    limits.document_nodes = 10'000;
    return admission::Policy::Load({}, limits).policy;
  }();
  return policy;
}

void CheckAnswer(const admission::Response& response) {
  Require(!FindInvalidUtf8(response.body));
  const auto body = nlohmann::json::parse(response.body, nullptr, false);
  Require(body.is_object() && body.at("kind") == "AdmissionReview" && body.contains("response"));
  const auto& answer = body.at("response");
  Require(answer.at("uid") == response.record.uid && !answer.contains("patch"));
  const bool is_denied = response.record.decision == admission::Decision::kDeny;
  Require(answer.at("allowed") == !is_denied && answer.contains("status") == is_denied);
  if (is_denied) {
    const std::string message = answer.at("status").at("message");
    Require(!message.empty() && message.size() <= admission::kLongestDenial);
  }
  if (!answer.contains("warnings")) return;
  Require(answer.at("warnings").size() <= admission::kMostWarnings);
  for (const std::string warning : answer.at("warnings")) {
    Require(CodePointCount(warning) <= admission::kLongestWarning);
    for (const char c : warning) Require(static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static admission::Reviewer reviewer(ThePolicy());
  const std::string body(data, data + size);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  const admission::Response response = reviewer.Review(body, deadline);
  Require(response.status == 200 || response.status == 400);
  if (response.status == 200) CheckAnswer(response);
  Require(reviewer.Review(body, deadline).body == response.body);
  return 0;
}
