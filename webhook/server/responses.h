#pragma once

#include <string>
#include <string_view>

namespace restorable::webhook {

// Whole HTTP/1.1 responses. With `close` they say that they are the last on their connection.

// A sentence where there is no verdict. 429 says when to try again, and 405 what would be allowed.
[[nodiscard]] std::string PlainResponse(int status, std::string_view text, bool close);
[[nodiscard]] std::string JsonResponse(std::string_view body, bool close);

}  // namespace restorable::webhook
