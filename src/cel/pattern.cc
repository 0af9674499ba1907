#include "cel/pattern.h"

#include <re2/re2.h>

#include <unordered_map>

#include "cel/builtin.h"

namespace restorable::cel {
namespace {

constexpr std::int64_t kMemoryBytes = std::int64_t{1} << 20;

re2::RE2::Options PatternOptions() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemoryBytes);
  return options;
}

}  // namespace

Pattern::Pattern(std::string_view text)
    : regex_(std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()),
                                        PatternOptions())) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::ok() const { return regex_->ok(); }

const std::string& Pattern::error() const { return regex_->error(); }

struct PatternCache::Impl {
  std::unordered_map<std::string, Pattern> patterns;
};

PatternCache::PatternCache() : impl_(std::make_unique<Impl>()) {}
PatternCache::PatternCache(PatternCache&&) noexcept = default;
PatternCache& PatternCache::operator=(PatternCache&&) noexcept = default;
PatternCache::~PatternCache() = default;

const Pattern& PatternCache::Compile(std::string_view text) {
  auto& patterns = impl_->patterns;
  std::string key(text);
  if (const auto found = patterns.find(key); found != patterns.end()) return found->second;
  // Who builds a pattern from data seldom comes back to an old one: start afresh when it is full.
  if (patterns.size() >= kMost) patterns.clear();
  return patterns.try_emplace(std::move(key), text).first->second;
}

const Pattern& CallContext::Regex(std::size_t i) const {
  return scope_.literal != nullptr ? *scope_.literal : scope_.patterns->Compile(String(i));
}

}  // namespace restorable::cel
