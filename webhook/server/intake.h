#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// From the bytes of a connection to whole HTTP/1.1 requests. What may be refused is refused before
// its body is read, and nothing here grows beyond its limits. No sockets, no threads.
namespace restorable::webhook {

struct IntakeLimits {
  std::size_t head_bytes = std::size_t{16} << 10;  // the request line and all headers
  std::size_t body_bytes = std::size_t{8} << 20;
};

// Why a request is not taken: the status of the answer, and the word of the metric. Both live for
// ever.
struct Rejection {
  int status = 400;
  std::string_view reason;  // "headers", "body", "length", "encoding"
  std::string_view text;
};

// What the head of a request says about its body and about the connection.
struct Head {
  std::size_t head_bytes = 0;  // the empty line included
  std::size_t body_bytes = 0;
  bool expects_continue = false;
  bool keep_alive = true;
};

class Intake {
 public:
  enum class State : std::uint8_t {
    kIdle,      // nothing of a request is there
    kHead,      // a part of the head
    kBody,      // the head, and a part of the body
    kWhole,     // a whole request, and perhaps bytes of the next
    kRejected,  // nothing more is to be read
  };

  explicit Intake(const IntakeLimits& limits) : limits_(limits) {}

  State Append(std::string_view bytes);

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const Head& head() const { return head_; }                 // from kBody on
  [[nodiscard]] const Rejection& rejection() const { return rejection_; }  // if kRejected
  [[nodiscard]] std::size_t buffered_bytes() const { return buffer_.size(); }
  // Whether "100 Continue" is to be sent now; true once for each request that asks for it.
  [[nodiscard]] bool TakeContinue();
  // The bytes of the whole request. What follows it is looked at next.
  [[nodiscard]] std::string TakeRequest();

 private:
  State Advance();
  State Reject(const Rejection& rejection);

  IntakeLimits limits_;
  State state_ = State::kIdle;
  std::string buffer_;
  std::size_t searched_ = 0;  // of the buffer, for the end of the head
  Head head_;
  bool continue_is_due_ = false;
  Rejection rejection_;
};

}  // namespace restorable::webhook
