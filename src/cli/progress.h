#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>

namespace restorable::cli {

// A line on standard error that says how many files are done, for whoever waits: it appears when a
// run takes a while and is gone with this.
class ProgressLine {
 public:
  ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  [[nodiscard]] std::atomic<std::size_t>& files() { return files_; }

 private:
  void Show();

  std::atomic<std::size_t> files_ = 0;
  std::mutex mutex_;
  std::condition_variable finished_;
  bool is_finished_ = false;
  std::thread thread_;
};

}  // namespace restorable::cli
