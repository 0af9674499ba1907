// What the stages of a review cost, each in turn on the same files, the fastest of several turns,
// in processor time: what else the machine does would be in any other.
//
//   webhook_stages FILE...     AdmissionReviews
//
// Prints one line of JSON: microseconds a review, by stage, and the bytes that the parsed text
// takes for each of its own.

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "admission/review.h"
#include "admission/reviewer.h"
#include "webhook/service.h"

namespace {

using namespace restorable;
using Clock = std::chrono::steady_clock;

constexpr int kTurns = 25;
constexpr int kRepetitions = 10;  // of all files in a turn
constexpr std::chrono::seconds kMostTime{10};

struct Stage {
  const char* name;
  std::function<void(const std::string& text)> run;
  double fastest = std::numeric_limits<double>::infinity();
};

double ProcessorMicroseconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double MicrosecondsEach(const Stage& stage, const std::vector<std::string>& texts) {
  const double begun = ProcessorMicroseconds();
  for (int i = 0; i < kRepetitions; ++i) {
    for (const std::string& text : texts) stage.run(text);
  }
  return (ProcessorMicroseconds() - begun) / (kRepetitions * static_cast<double>(texts.size()));
}

std::string Request(const std::string& body) {
  return fmt::format(
      "POST /validate?timeout=3s HTTP/1.1\r\nHost: webhook.shop.svc\r\nUser-Agent: "
      "kube-apiserver\r\n"
      "Content-Type: application/json\r\nAccept: application/json, */*\r\n"
      "Accept-Encoding: gzip\r\nContent-Length: {}\r\n\r\n{}",
      body.size(), body);
}

// All in one arena, so that its last block, partly filled, does not count for much.
double BytesPerByte(const std::vector<std::string>& texts) {
  Arena arena;
  std::size_t bytes = 0;
  for (const std::string& text : texts) {
    const SourceFile file(FileId{0}, "review", text);
    (void)admission::ReadReview(file, arena, Limits{});
    bytes += text.size();
  }
  return static_cast<double>(arena.reserved_bytes()) / static_cast<double>(bytes);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> texts;
  for (int i = 1; i < argc; ++i) {
    std::ifstream stream(argv[i], std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  if (texts.empty()) return 2;

  const auto policy = admission::Policy::Load({}, Limits{}).policy;
  admission::Reviewer reviewer(policy);
  webhook::Metrics metrics;
  webhook::Log log(webhook::LogLevel::kError);
  webhook::Service service({}, kMostTime, &metrics, &log);
  if (!service.Reload()) return 2;
  const webhook::Workers::Handler handler = service.MakeHandler();
  Arena arena;

  std::vector<Stage> stages;
  stages.push_back(
      {"nlohmann", [](const std::string& text) { (void)nlohmann::json::parse(text).size(); }});
  stages.push_back({"parse", [&](const std::string& text) {
                      arena.Reset();
                      const SourceFile file(FileId{0}, "review", text);
                      (void)admission::ReadReview(file, arena, Limits{});
                    }});
  stages.push_back({"review", [&](const std::string& text) {
                      (void)reviewer.Review(text, Clock::now() + kMostTime);
                    }});
  stages.push_back({"handle", [&](const std::string& text) {
                      (void)handler({{}, Request(text), false, Clock::now()});
                    }});
  for (int turn = 0; turn < kTurns; ++turn) {
    for (Stage& stage : stages) {
      stage.fastest = std::min(stage.fastest, MicrosecondsEach(stage, texts));
    }
  }
  fmt::print("{{");
  for (const Stage& stage : stages) fmt::print("\"{}\": {:.2f}, ", stage.name, stage.fastest);
  fmt::print("\"bytes per byte\": {:.2f}}}\n", BytesPerByte(texts));
  return 0;
}
