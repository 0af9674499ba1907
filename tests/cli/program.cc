#include "program.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include "scan/temporary_tree.h"

namespace restorable::cli {
namespace {

constexpr const char* kProgram = RESTORABLE_BINARY_DIR "/bin/restorable";

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe MakePipe() {
  std::array<int, 2> ends = {};
  EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  return {ends[0], ends[1]};
}

Pipe MakeTerminal() {
  Pipe terminal;
  winsize size = {};
  size.ws_col = 60;
  size.ws_row = 25;
  EXPECT_EQ(openpty(&terminal.read, &terminal.write, nullptr, nullptr, &size), 0);
  fcntl(terminal.read, F_SETFD, FD_CLOEXEC);
  fcntl(terminal.write, F_SETFD, FD_CLOEXEC);
  return terminal;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Reads both until the program has closed them. A terminal ends with EIO.
void Drain(int output, int errors, ProgramRun& run) {
  std::array<pollfd, 2> waits = {{{output, POLLIN, 0}, {errors, POLLIN, 0}}};
  std::array<std::string*, 2> texts = {&run.output, &run.errors};
  while (waits[0].fd >= 0 || waits[1].fd >= 0) {
    if (poll(waits.data(), waits.size(), -1) < 0) break;
    for (std::size_t i = 0; i < waits.size(); ++i) {
      if (waits[i].fd < 0 || waits[i].revents == 0) continue;
      std::array<char, 4096> buffer = {};
      const ssize_t count = read(waits[i].fd, buffer.data(), buffer.size());
      if (count > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      } else {
        waits[i].fd = -1;
      }
    }
  }
}

[[noreturn]] void Become(const ProgramInput& input, const std::string& directory, int in, int out,
                         int err) {
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  std::vector<std::string> arguments = {kProgram};
  arguments.insert(arguments.end(), input.arguments.begin(), input.arguments.end());
  std::vector<std::string> environment = input.environment;
  environment.emplace_back("PATH=/usr/bin:/bin");
  if (chdir(directory.c_str()) != 0) _exit(126);
  execve(kProgram, Pointers(arguments).data(), Pointers(environment).data());
  _exit(127);
}

}  // namespace

ProgramRun RunProgram(const ProgramInput& input) {
  const scan::TemporaryTree empty;
  const std::string directory = input.directory.empty() ? empty.path() : input.directory;
  const Pipe in = MakePipe();
  const Pipe out = input.on_terminal ? MakeTerminal() : MakePipe();
  const Pipe err = MakePipe();
  if (input.closed_output) close(out.read);
  const pid_t child = fork();
  if (child == 0) Become(input, directory, in.read, out.write, err.write);
  for (const int end : {out.write, err.write}) close(end);

  // What the tests write fits into the pipe, whose other end stays open meanwhile: the program may
  // have ended without reading.
  EXPECT_EQ(write(in.write, input.standard_input.data(), input.standard_input.size()),
            static_cast<ssize_t>(input.standard_input.size()));
  for (const int end : {in.read, in.write}) close(end);
  ProgramRun run;
  Drain(input.closed_output ? -1 : out.read, err.read, run);
  int status = 0;
  waitpid(child, &status, 0);
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (!input.closed_output) close(out.read);
  close(err.read);
  return run;
}

ProgramRun RunProgram(std::vector<std::string> arguments) {
  return RunProgram(ProgramInput{.arguments = std::move(arguments)});
}

}  // namespace restorable::cli
