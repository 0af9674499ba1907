#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace restorable::cel {

// A static type: "int", "list(T)", "map(string, dyn)", "optional_type(T)",
// "google.protobuf.Duration", "net.IP" …; a parameter is a single capital letter.
struct Type {
  std::string name = "dyn";
  std::vector<Type> arguments;

  [[nodiscard]] bool IsDyn() const { return name == "dyn"; }
  friend bool operator==(const Type&, const Type&) = default;
};

// Reads the form that ToString prints; nothing if it is malformed.
[[nodiscard]] std::optional<Type> ParseType(std::string_view text);
[[nodiscard]] std::string ToString(const Type& type);

}  // namespace restorable::cel
