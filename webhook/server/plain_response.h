#pragma once

#include <string>
#include <string_view>

namespace restorable::webhook {

// A whole HTTP/1.1 response with a sentence for a body, as it is sent where no handler is reached.
// With Retry-After where trying again makes sense: 429.
[[nodiscard]] std::string PlainResponse(int status, std::string_view text, bool close);

}  // namespace restorable::webhook
