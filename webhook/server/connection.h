#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>

#include "webhook/intake.h"
#include "webhook/tls.h"

namespace restorable::webhook {

// A connection by its place and how many the place has held before: an answer that comes too late
// meets nobody.
struct ConnectionId {
  std::uint32_t place = 0;
  std::uint32_t generation = 0;
};

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

// One client. Only the I/O loop touches it.
struct Connection {
  using TimePoint = std::chrono::steady_clock::time_point;
  enum class State : std::uint8_t {
    kHandshake,
    kReading,     // idle, or a part of a request is there
    kProcessing,  // a worker has the request
    kWriting,
    kLingering,  // the answer is out; what still comes is thrown away
  };

  Connection(const IntakeLimits& limits, int descriptor, std::shared_ptr<const TlsContext> context)
      : fd(descriptor), tls(std::move(context)), ssl(tls->NewConnection()), intake(limits) {}

  [[nodiscard]] bool IsIdle() const {
    return state == State::kReading && intake.state() == Intake::State::kIdle;
  }

  int fd;
  ConnectionId id;
  State state = State::kHandshake;
  std::shared_ptr<const TlsContext> tls;
  std::unique_ptr<SSL, FreeSsl> ssl;
  Intake intake;
  std::string output;
  std::size_t written = 0;        // of the output
  bool closes = false;            // after the output
  bool has_served = false;        // an answer went out
  std::uint32_t interest = 0;     // the events that epoll was asked for
  std::size_t counted_bytes = 0;  // in the sum of all buffered bytes
  std::size_t discarded_bytes = 0;
  TimePoint born;
  TimePoint retire;                             // from then on an answer says `Connection: close`
  TimePoint deadline;                           // of the state it is in
  std::list<Connection*>::iterator idle_place;  // if it is idle
  bool in_idle_list = false;
};

}  // namespace restorable::webhook
