#include "webhook/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <chrono>

#include "value/json.h"

namespace restorable::webhook {
namespace {

constexpr std::size_t kQueuedLines = 8192;
constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warning", "error"};

std::string Now() {
  using std::chrono::system_clock;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(system_clock::now());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(system_clock::to_time_t(seconds)),
                     (now - seconds).count());
}

}  // namespace

struct Log::Impl {
  // The thread writes what is queued and ends before the logger that it writes through goes.
  ~Impl() { pool.reset(); }

  std::shared_ptr<spdlog::details::thread_pool> pool =
      std::make_shared<spdlog::details::thread_pool>(kQueuedLines, 1);
  std::shared_ptr<spdlog::async_logger> logger = std::make_shared<spdlog::async_logger>(
      "webhook", std::make_shared<spdlog::sinks::stderr_sink_mt>(), pool,
      spdlog::async_overflow_policy::overrun_oldest);
};

Log::Log(LogLevel least) : least_(least), impl_(std::make_unique<Impl>()) {
  impl_->logger->set_pattern("%v");
  impl_->logger->flush_on(spdlog::level::info);
}
Log::~Log() = default;

LogLine Log::At(LogLevel level, std::string_view message) {
  return LogLine(Writes(level) ? this : nullptr, level, message);
}

std::size_t Log::dropped_lines() const { return impl_->pool->overrun_counter(); }

void Log::Write(const std::string& line) {
  impl_->logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

LogLine::LogLine(Log* log, LogLevel level, std::string_view message) : log_(log) {
  if (log_ == nullptr) return;
  text_ =
      fmt::format(R"({{"time":"{}","level":"{}")", Now(), kLevels[static_cast<std::size_t>(level)]);
  Add("message", message);
}

LogLine::~LogLine() {
  if (log_ != nullptr) log_->Write(text_ + "}");
}

void LogLine::Begin(std::string_view name) { text_.append(",\"").append(name).append("\":"); }

LogLine& LogLine::Add(std::string_view name, std::string_view value) {
  if (log_ == nullptr) return *this;
  Begin(name);
  AppendJsonString(text_, value);
  return *this;
}

LogLine& LogLine::Add(std::string_view name, std::int64_t value) {
  if (log_ == nullptr) return *this;
  Begin(name);
  text_ += std::to_string(value);
  return *this;
}

LogLine& LogLine::Add(std::string_view name, bool value) {
  if (log_ == nullptr) return *this;
  Begin(name);
  text_ += value ? "true" : "false";
  return *this;
}

}  // namespace restorable::webhook
