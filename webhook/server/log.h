#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

// Lines of JSON on standard error, written by a thread of their own from a bounded queue: who logs
// never waits, and what does not fit is dropped and counted. Never the content of objects.
namespace restorable::webhook {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

class LogLine;

class Log {
 public:
  explicit Log(LogLevel least);
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  ~Log();

  // A line that is written when it goes out of scope: log.At(kInfo, "started").Add("port", 8443).
  LogLine At(LogLevel level, std::string_view message);
  [[nodiscard]] bool Writes(LogLevel level) const { return level >= least_; }
  [[nodiscard]] std::size_t dropped_lines() const;

 private:
  friend class LogLine;
  void Write(const std::string& line);

  struct Impl;
  LogLevel least_;
  std::unique_ptr<Impl> impl_;
};

class LogLine {
 public:
  LogLine(Log* log, LogLevel level, std::string_view message);
  LogLine(LogLine&& other) noexcept : log_(other.log_), text_(std::move(other.text_)) {
    other.log_ = nullptr;
  }
  ~LogLine();

  LogLine& Add(std::string_view name, std::string_view value);
  LogLine& Add(std::string_view name, const char* value) {
    return Add(name, std::string_view(value));
  }
  LogLine& Add(std::string_view name, std::int64_t value);
  LogLine& Add(std::string_view name, bool value);

 private:
  void Begin(std::string_view name);

  Log* log_;  // nullptr: nobody wants the line
  std::string text_;
};

}  // namespace restorable::webhook
