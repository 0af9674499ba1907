#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// The texts of a SARIF file, in which brackets may be links and braces placeholders.
namespace restorable::report {

// Printable, and without what a viewer would take for a link.
[[nodiscard]] std::string SarifText(std::string_view text);

// " See [text](id)." A link to the related location of that number.
[[nodiscard]] std::string SarifLink(std::string_view text, std::size_t id);

// A message as a sentence: with a period at its end.
[[nodiscard]] std::string Sentence(std::string_view message);

// "unsupported-disk-sku" becomes "UnsupportedDiskSku".
[[nodiscard]] std::string PascalCase(std::string_view name);

}  // namespace restorable::report
