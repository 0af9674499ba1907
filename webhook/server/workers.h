#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "webhook/connection.h"

namespace restorable::webhook {

// A whole request on its way to an answer.
struct Job {
  ConnectionId connection;
  std::string request;
  bool close = false;  // the answer is the last on its connection
  std::chrono::steady_clock::time_point arrived;
};

struct Answered {
  ConnectionId connection;
  std::string response;
  bool close = false;
};

// Threads that turn requests into responses and never touch a socket.
class Workers {
 public:
  using Handler = std::function<Answered(const Job& job)>;
  using Done = std::function<void(Answered answered)>;

  // `make_handler` is called once on each thread; `done` on any.
  Workers(std::size_t threads, std::size_t most_queued,
          const std::function<Handler()>& make_handler, Done done);
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  // Ends what is begun and drops the rest.
  ~Workers();

  // False if the queue is full.
  [[nodiscard]] bool Enqueue(Job job);
  [[nodiscard]] std::size_t queued() const;
  // Whether every thread has been with one request for that long.
  [[nodiscard]] bool AreStuck(std::chrono::steady_clock::duration time) const;

 private:
  struct Thread {
    std::thread thread;
    std::atomic<std::int64_t> busy_since = 0;  // steady time in ns; 0 while it waits
  };

  void Run(Thread& thread, const std::function<Handler()>& make_handler);

  const std::size_t most_queued_;
  const Done done_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool stops_ = false;
  std::vector<std::unique_ptr<Thread>> threads_;
};

}  // namespace restorable::webhook
