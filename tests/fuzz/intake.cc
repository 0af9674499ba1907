// Bytes of a connection, cut into pieces, as HTTP requests: the state machine takes no more than
// its limits, gives the same requests however the bytes are cut, and what it gives is as long as it
// says. Each request is answered, and no handler sees more or less than its body.

#include "webhook/intake.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "webhook/exchange.h"

namespace {

using restorable::webhook::Exchange;
using restorable::webhook::HttpRequest;
using restorable::webhook::HttpResponse;
using restorable::webhook::Intake;
using restorable::webhook::IntakeLimits;

constexpr IntakeLimits kLimits{.head_bytes = 256, .body_bytes = 64};

void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireAnswer(const std::string& request, std::size_t body_bytes) {
  const Exchange exchange([&](const HttpRequest& asked) {
    Require(asked.body.size() == body_bytes);
    return HttpResponse{200, "{}"};
  });
  Require(exchange.Answer(request, false).starts_with("HTTP/1.1 "));
}

struct Outcome {
  std::vector<std::string> requests;
  int status = 0;
};

Outcome Run(std::string_view bytes, std::size_t piece) {
  Outcome outcome;
  Intake intake(kLimits);
  while (!bytes.empty()) {
    const std::string_view next = bytes.substr(0, piece);
    bytes.remove_prefix(next.size());
    intake.Append(next);
    Require(!intake.TakeContinue() || intake.head().expects_continue);
    while (intake.state() == Intake::State::kWhole) {
      const std::size_t body_bytes = intake.head().body_bytes;
      const std::size_t size = intake.head().head_bytes + body_bytes;
      Require(size <= kLimits.head_bytes + kLimits.body_bytes);
      outcome.requests.push_back(intake.TakeRequest());
      Require(outcome.requests.back().size() == size);
      RequireAnswer(outcome.requests.back(), body_bytes);
    }
    if (intake.state() == Intake::State::kRejected) {
      Require(intake.buffered_bytes() == 0);
      outcome.status = intake.rejection().status;
      return outcome;
    }
    Require(intake.buffered_bytes() <= kLimits.head_bytes + kLimits.body_bytes + piece);
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  const Outcome in_pieces = Run(text, 1 + data[0] % 16);
  const Outcome by_bytes = Run(text, 1);
  Require(in_pieces.requests == by_bytes.requests && in_pieces.status == by_bytes.status);
  return 0;
}
