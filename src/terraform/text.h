#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace restorable::terraform {

// The characters of a text as people count them: a letter with its marks is one, and so are a pair
// of flag letters and an emoji joined from several. Covers the marks and joiners in common use, not
// all of Unicode's grapheme rules.
[[nodiscard]] std::vector<std::string_view> Characters(std::string_view text);

// Letters of Latin, Greek and Cyrillic in the other case; all else stays.
[[nodiscard]] std::string ToUpper(std::string_view text);
[[nodiscard]] std::string ToLower(std::string_view text);

[[nodiscard]] bool IsSpace(char32_t code_point);

}  // namespace restorable::terraform
