#include "cluster/list.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "cluster/diagnostics.h"
#include "json/parse.h"

namespace restorable::cluster {
namespace {

constexpr int kMostRestarts = 3;

// A page is as large as a response may be; what is in it is bounded by that.
Limits PageLimits(std::size_t response_bytes) {
  Limits limits;
  limits.file_bytes = response_bytes;
  limits.document_nodes = std::numeric_limits<std::uint32_t>::max();
  return limits;
}

std::string Escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
    if (is_plain) {
      out += c;
    } else {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

std::string ContinueToken(Value list) {
  const Value* const metadata = list.Find("metadata");
  const Value* const token = metadata != nullptr ? metadata->Find("continue") : nullptr;
  return token != nullptr && token->IsString() ? std::string(token->AsString()) : std::string();
}

// What the server offers in the place of a token that has expired; empty if nothing.
std::string OfferedToken(const Response& response) {
  const SourceFile file(FileId(0), "", response.body);
  Arena arena;
  return ContinueToken(json::Parse(file, arena, Limits{}).root);
}

}  // namespace

std::optional<Diagnostic> Lister::List(const std::string& path,
                                       const std::function<void()>& restart,
                                       const std::function<void(const Page&)>& take) {
  std::size_t objects = options_.page_objects;
  std::string token;
  int restarts = 0;
  while (true) {
    Request request{.path = path + "?limit=" + std::to_string(objects)};
    if (!token.empty()) request.path += "&continue=" + Escaped(token);
    last_status_ = 0;
    Result<Response> response = client_.Call(request);
    if (!response) return std::move(response.error());
    last_status_ = response->status;
    if (response->is_cut && objects > 1) {
      objects = std::max<std::size_t>(1, objects / 8);
      continue;
    }
    if (response->is_cut) {
      return Diagnostic{
          &kTooLarge, {}, {NameOf(request), std::to_string(client_.response_bytes())}, {}};
    }
    if (response->status == 410 && !token.empty()) {
      if (++restarts > kMostRestarts) {
        return Diagnostic{&kUnstableList, {}, {NameOf(request), std::to_string(restarts)}, {}};
      }
      token = OfferedToken(*response);
      if (token.empty()) restart();
      continue;
    }
    if (response->status != 200) return Refusal(request, *response);
    auto next = TakePage(request, std::move(response->body), take);
    if (!next) return std::move(next.error());
    token = std::move(*next);
    if (token.empty()) return std::nullopt;
  }
}

// The token of the next page, empty after the last.
Result<std::string> Lister::TakePage(const Request& request, std::string body,
                                     const std::function<void(const Page&)>& take) {
  arena_.Reset();
  const SourceFile file(FileId(next_page_++), "cluster", std::move(body));
  const json::ParseResult parsed =
      json::Parse(file, arena_, PageLimits(client_.response_bytes()),
                  {.drop_null_entries = true, .skip_managed_fields = true});
  if (!parsed.ok) {
    return Failure({&kNotJson, {}, {NameOf(request), Message(parsed.diagnostics.back())}, {}});
  }
  take({file, parsed.root, arena_});
  return ContinueToken(parsed.root);
}

}  // namespace restorable::cluster
