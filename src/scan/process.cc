#include "scan/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace restorable::scan {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostErrors = 4096;

class Pipe {
 public:
  Pipe() { valid_ = pipe2(ends_.data(), O_CLOEXEC) == 0; }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    CloseWriting();
    if (valid_) close(ends_[0]);
  }
  void CloseWriting() {
    if (valid_ && ends_[1] >= 0) close(std::exchange(ends_[1], -1));
  }
  [[nodiscard]] bool valid() const { return valid_; }
  [[nodiscard]] int reading() const { return ends_[0]; }
  [[nodiscard]] int writing() const { return ends_[1]; }

 private:
  std::array<int, 2> ends_ = {-1, -1};
  bool valid_ = false;
};

// The program and all that it starts are one process group, so that they end together.
int Spawn(const std::vector<std::string>& arguments, const Pipe& output, const Pipe& errors,
          pid_t& pid) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output.writing(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.writing(), STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  const int error = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

// Appends what is there to read; false at the end of the stream.
bool Drain(int descriptor, std::string& into) {
  std::array<char, 65536> buffer;
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  into.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

enum class Ended : unsigned char { kByItself, kTimedOut, kTooMuchOutput };

Ended Collect(const Pipe& output, const Pipe& errors, Clock::time_point deadline,
              std::size_t most_output, ProcessResult& result) {
  std::array<pollfd, 2> waiting = {pollfd{output.reading(), POLLIN, 0},
                                   pollfd{errors.reading(), POLLIN, 0}};
  std::string discarded;
  while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return Ended::kTimedOut;
    if (poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) < 0) continue;
    if (waiting[0].revents != 0 && !Drain(waiting[0].fd, result.output)) waiting[0].fd = -1;
    if (result.output.size() > most_output) return Ended::kTooMuchOutput;
    if (waiting[1].revents != 0) {
      discarded.clear();
      const bool full = result.errors.size() >= kMostErrors;
      if (!Drain(waiting[1].fd, full ? discarded : result.errors)) waiting[1].fd = -1;
    }
  }
  return Ended::kByItself;
}

}  // namespace

ProcessResult RunProcess(const std::vector<std::string>& arguments,
                         std::chrono::milliseconds timeout, std::size_t most_output) {
  ProcessResult result;
  Pipe output;
  Pipe errors;
  if (!output.valid() || !errors.valid()) return result;
  pid_t pid = -1;
  if (const int error = Spawn(arguments, output, errors, pid); error != 0) {
    if (error == ENOENT) result.outcome = ProcessResult::Outcome::kMissing;
    return result;
  }
  output.CloseWriting();
  errors.CloseWriting();
  const Ended ended = Collect(output, errors, Clock::now() + timeout, most_output, result);
  if (ended != Ended::kByItself) kill(-pid, SIGKILL);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  switch (ended) {
    case Ended::kByItself:
      result.outcome = ProcessResult::Outcome::kExited;
      result.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      break;
    case Ended::kTimedOut:
      result.outcome = ProcessResult::Outcome::kTimedOut;
      break;
    case Ended::kTooMuchOutput:
      result.outcome = ProcessResult::Outcome::kTooMuchOutput;
      break;
  }
  return result;
}

}  // namespace restorable::scan
