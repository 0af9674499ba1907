#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace restorable::webhook {

// A duration as Go writes it: "10s", "1m30s", "1.5h", "500ms"; nothing if it is none, is negative
// or does not fit.
[[nodiscard]] std::optional<std::chrono::nanoseconds> ParseGoDuration(std::string_view text);

// How long a review may take: what the API server waits, less what the way back takes, and at most
// `most`. What it says may be empty or nonsense: then it is `most`.
[[nodiscard]] std::chrono::nanoseconds ReviewTime(std::string_view timeout,
                                                  std::chrono::nanoseconds most);

}  // namespace restorable::webhook
