#include "webhook/workers.h"

#include <algorithm>
#include <utility>

namespace restorable::webhook {
namespace {

std::int64_t Now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

}  // namespace

Workers::Workers(std::size_t threads, std::size_t most_queued,
                 const std::function<Handler()>& make_handler, Done done)
    : most_queued_(most_queued), done_(std::move(done)) {
  for (std::size_t i = 0; i < threads; ++i) {
    Thread& thread = *threads_.emplace_back(std::make_unique<Thread>());
    thread.thread = std::thread([this, &thread, make_handler] { Run(thread, make_handler); });
  }
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    stops_ = true;
  }
  changed_.notify_all();
  for (const auto& thread : threads_) thread->thread.join();
}

bool Workers::Enqueue(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= most_queued_) return false;
    queue_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

std::size_t Workers::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

bool Workers::AreStuck(std::chrono::steady_clock::duration time) const {
  const std::int64_t before = Now() - time.count();
  return std::ranges::all_of(threads_, [&](const auto& thread) {
    const std::int64_t since = thread->busy_since;
    return since != 0 && since < before;
  });
}

void Workers::Run(Thread& thread, const std::function<Handler()>& make_handler) {
  const Handler handler = make_handler();
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stops_ || !queue_.empty(); });
      if (stops_) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    thread.busy_since = Now();
    done_(handler(job));
    thread.busy_since = 0;
  }
}

}  // namespace restorable::webhook
