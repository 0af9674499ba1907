#include "scan/read.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "scan/diagnostics.h"

namespace restorable::scan {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ > STDERR_FILENO) close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Diagnostic> Fail(const DiagnosticKind& kind, std::vector<std::string> args) {
  return Failure({&kind, {}, std::move(args), {}});
}

}  // namespace

Result<std::string> ReadInput(const InputFile& file, const Limits& limits) {
  // Without blocking: what was a file when it was found may be a FIFO without a writer by now.
  const Descriptor input(file.system_path == "-"
                             ? STDIN_FILENO
                             : open(file.system_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (input.number() < 0) return Fail(kUnreadableFile, {file.path, std::strerror(errno)});
  struct stat status {};
  if (fstat(input.number(), &status) != 0) {
    return Fail(kUnreadableFile, {file.path, std::strerror(errno)});
  }
  const bool is_stdin = input.number() == STDIN_FILENO;
  if (!is_stdin && !S_ISREG(status.st_mode))
    return Fail(kNotRegular, {file.path, "a special file"});

  const auto too_large = [&] {
    return Fail(kFileTooLarge, {file.path, std::to_string(limits.file_bytes)});
  };
  const std::size_t expected =
      S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
  if (expected > limits.file_bytes) return too_large();
  std::string bytes;
  std::size_t used = 0;
  // One byte more than there should be tells the end from a file that grows: that all was given but
  // for this byte is the end. A device or a pipe has no size, and ends with an empty read.
  bytes.resize(std::max<std::size_t>(expected + 1, 4096));
  while (true) {
    if (used == bytes.size()) bytes.resize(std::min(bytes.size() * 2, limits.file_bytes + 1));
    const ssize_t count = read(input.number(), bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Fail(kUnreadableFile, {file.path, std::strerror(errno)});
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
    if (used > limits.file_bytes) return too_large();
    if (used == expected && used < bytes.size()) break;
  }
  bytes.resize(used);
  return bytes;
}

}  // namespace restorable::scan
