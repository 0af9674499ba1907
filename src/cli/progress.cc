#include "cli/progress.h"

#include <chrono>

#include "cli/output.h"
#include "report/summary.h"

namespace restorable::cli {
namespace {

constexpr std::chrono::milliseconds kInterval{250};

}  // namespace

ProgressLine::ProgressLine() : thread_([this] { Show(); }) {}

ProgressLine::~ProgressLine() {
  {
    const std::lock_guard lock(mutex_);
    is_finished_ = true;
  }
  finished_.notify_one();
  thread_.join();
}

void ProgressLine::Show() {
  constexpr std::string_view kEraseLine = "\r\x1b[K";
  std::unique_lock lock(mutex_);
  bool is_shown = false;
  while (!finished_.wait_for(lock, kInterval, [this] { return is_finished_; })) {
    PrintError(std::string(kEraseLine) + report::Count(files_, "file") + " checked");
    is_shown = true;
  }
  if (is_shown) PrintError(kEraseLine);
}

}  // namespace restorable::cli
