#include "cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "report/printable.h"

namespace restorable::cli {
namespace {

std::string ErrorText(int error) { return std::generic_category().message(error); }

// 0 or an errno.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

// The file that a chain of symbolic links leads to: it is to be replaced, not the link.
std::string ResolvedPath(const std::string& path) {
  const std::unique_ptr<char, decltype(&free)> resolved(realpath(path.c_str(), nullptr), &free);
  return resolved == nullptr ? path : resolved.get();
}

mode_t CreationMode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

int WriteInPlace(const std::string& path, std::string_view text) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int error = WriteAll(descriptor, text);
  return close(descriptor) < 0 && error == 0 ? errno : error;
}

int Replace(const std::string& path, mode_t mode, std::string_view text) {
  std::string temporary = path + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return errno;
  int error = WriteAll(descriptor, text);
  if (error == 0 && fchmod(descriptor, mode) < 0) error = errno;
  if (close(descriptor) < 0 && error == 0) error = errno;
  if (error == 0 && rename(temporary.c_str(), path.c_str()) < 0) error = errno;
  if (error != 0) unlink(temporary.c_str());
  return error;
}

}  // namespace

bool Print(std::string_view text) {
  const int error = WriteAll(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return true;
  Complain(fmt::format("cannot write to standard output: {}", ErrorText(error)));
  return false;
}

void PrintError(std::string_view text) {
  // There is nobody left to tell if this fails.
  static_cast<void>(WriteAll(STDERR_FILENO, text));
}

void Complain(std::string_view message) {
  PrintError(fmt::format("restorable: {}\n", report::Printable(message)));
}

bool WriteFile(const std::string& path, std::string_view text) {
  struct stat status = {};
  const std::string target = ResolvedPath(path);
  const bool exists = stat(target.c_str(), &status) == 0;
  const bool in_place = exists && !S_ISREG(status.st_mode);
  const mode_t mode = exists ? status.st_mode & 07777 : CreationMode();
  const int error = in_place ? WriteInPlace(target, text) : Replace(target, mode, text);
  if (error == 0 || (in_place && error == EPIPE)) return true;
  Complain(fmt::format("cannot write `{}`: {}", path, ErrorText(error)));
  return false;
}

}  // namespace restorable::cli
