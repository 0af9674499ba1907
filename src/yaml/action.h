#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// The language of template actions, as far as it matters here (Go's text/template). Not for other
// layers.
namespace restorable::yaml {

// Where the action that begins at `begin` ends; nothing when it does not.
// Strings and comments may contain what else would close it.
[[nodiscard]] std::optional<std::size_t> FindActionEnd(std::string_view text, std::size_t begin);

// What stands between `{{` and `}}`.
class ActionText {
 public:
  // `action` with its braces; it outlives this.
  explicit ActionText(std::string_view action);

  [[nodiscard]] bool IsComment() const { return content_.starts_with("/*"); }
  [[nodiscard]] bool OpensBlock() const;
  [[nodiscard]] bool ClosesBlock() const { return word_ == "end"; }
  // Control structures, comments and assignments.
  [[nodiscard]] bool WritesNothing() const;
  // The N of `… | nindent N` or `… | indent N`.
  [[nodiscard]] std::optional<std::uint32_t> Indent() const;
  // Piped to nindent, which starts a line of its own.
  [[nodiscard]] bool BreaksLine() const;

 private:
  std::string_view content_;  // of the action
  std::string_view word_;     // its first word
};

}  // namespace restorable::yaml
