#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "webhook/connection.h"
#include "webhook/intake.h"
#include "webhook/metrics.h"
#include "webhook/tls.h"
#include "webhook/workers.h"

namespace restorable::webhook {

struct IoLimits {
  IntakeLimits intake;
  std::chrono::milliseconds handshake{5'000};
  std::chrono::milliseconds request{10'000};  // from its first byte to its last
  std::chrono::milliseconds response{10'000};
  std::chrono::milliseconds idle{120'000};  // more than the 90 s of Kubernetes' client
  std::chrono::milliseconds age{600'000};   // give or take a fifth
  std::chrono::milliseconds linger{1'000};
  std::size_t linger_bytes = std::size_t{256} << 10;
  std::size_t connections = 4096;
  std::size_t handshakes_per_turn = 4;
  // Of all requests that are held. What is made of a body takes up to four times its text.
  std::size_t buffered_bytes = std::size_t{256} << 20;
};

inline constexpr std::size_t kMemoryPerBodyByte = 5;

// One thread with all the sockets: it accepts, speaks TLS, collects whole requests, hands them to
// the workers and writes what these answer. No client can hold a thread, and each phase of a
// connection has its deadline.
class IoLoop {
 public:
  struct Parts {
    CurrentTls* tls = nullptr;
    Metrics* metrics = nullptr;
    IoLimits limits;
    // As accept4(); tests let it fail.
    std::function<int(int listener)> accept;
    std::function<bool(Job job)> enqueue;
  };

  // Takes over a listening socket.
  IoLoop(int listener, Parts parts);
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;
  ~IoLoop();

  void Start();
  // What a worker made; from any thread.
  void Complete(Answered answered);
  // From now on each response is the last on its connection; from any thread.
  void CloseAfterResponses() { retires_all_ = true; }
  // Closes the listener and all idle connections, and then ends once no request is in flight.
  void Finish(std::chrono::milliseconds most);
  // Waits for the end of the thread.
  void Join();

  [[nodiscard]] std::chrono::steady_clock::time_point last_turn() const;

 private:
  using TimePoint = Connection::TimePoint;

  void Run();
  void Turn();
  void Listen(bool listens);
  void Accept();
  void HandleAcceptError(int error);
  void Adopt(int fd);
  [[nodiscard]] bool MakeRoom();
  void Handle(Connection& connection, std::uint32_t events);
  void AdvanceHandshakes();
  void Handshake(Connection& connection);
  void Read(Connection& connection);
  void TakeIn(Connection& connection, std::string_view bytes);
  void Consider(Connection& connection);
  void Submit(Connection& connection);
  void Refuse(Connection& connection, const Rejection& rejection);
  void Respond(Connection& connection, std::string response, bool close);
  void Write(Connection& connection);
  void AfterWrite(Connection& connection);
  void Linger(Connection& connection);
  void Discard(Connection& connection);
  void TakeAnswers();
  void Resume();
  void BeginToFinish();
  void SweepOne(Connection& connection);
  [[nodiscard]] Connection* Find(ConnectionId id) const;
  [[nodiscard]] int Timeout() const;
  void Sweep();
  void Watch(Connection& connection, std::uint32_t events);
  void Enter(Connection& connection, Connection::State state, std::chrono::milliseconds most);
  void SetIdle(Connection& connection, bool is_idle);
  void CountBytes(Connection& connection, std::size_t bytes);
  void Close(Connection& connection, std::string_view reason);
  void ReportCounts();
  void Wake();

  int listener_;
  int epoll_ = -1;
  int wake_ = -1;  // an eventfd: answers are there, or the loop is to finish
  Parts parts_;
  std::thread thread_;
  std::vector<std::unique_ptr<Connection>> places_;  // by ConnectionId::place; null ones are free
  std::vector<std::uint32_t> generations_;
  std::vector<std::uint32_t> free_places_;
  std::list<Connection*> idle_;                      // the longest idle first
  std::vector<ConnectionId> shaking_;                // handshakes that can go on, in their order
  std::vector<ConnectionId> resumed_;                // answered, and not looked at again yet
  std::vector<std::unique_ptr<Connection>> closed_;  // freed at the end of the turn
  std::size_t open_ = 0;
  std::size_t in_flight_ = 0;  // requests that workers have
  std::size_t counted_bytes_ = 0;
  bool listens_ = false;
  TimePoint now_;
  TimePoint resume_accepting_;
  TimePoint next_sweep_;
  TimePoint finish_by_;
  bool finishes_ = false;
  std::minstd_rand jitter_{std::random_device{}()};
  std::vector<char> scratch_;

  std::mutex answers_mutex_;
  std::vector<Answered> answers_;
  std::atomic<std::int64_t> finish_within_ms_ = -1;
  std::atomic<bool> retires_all_ = false;
  std::atomic<std::int64_t> last_turn_ = 0;
};

}  // namespace restorable::webhook
