#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace restorable::cel {

// A regular expression in RE2's syntax, compiled under a memory limit and without logging.
class Pattern {
 public:
  explicit Pattern(std::string_view text);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  [[nodiscard]] bool ok() const;
  [[nodiscard]] const std::string& error() const;  // "" when ok
  // Only when ok.
  [[nodiscard]] const re2::RE2& regex() const { return *regex_; }

 private:
  std::unique_ptr<re2::RE2> regex_;
};

// The patterns that are not literals, kept from one call to the next; at most kMost of them.
class PatternCache {
 public:
  static constexpr std::size_t kMost = 64;

  PatternCache();
  PatternCache(PatternCache&&) noexcept;
  PatternCache& operator=(PatternCache&&) noexcept;
  ~PatternCache();

  // Valid until the next call.
  [[nodiscard]] const Pattern& Compile(std::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable::cel
