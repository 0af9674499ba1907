#include "cluster/shard.h"

#include <charconv>
#include <cstdlib>

namespace restorable::cluster {
namespace {

// FNV-1a: the same on every machine.
std::uint32_t Hash(std::string_view text) {
  std::uint32_t hash = 0x811c9dc5U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash;
}

std::optional<std::uint32_t> ReadNumber(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool ok = error == std::errc() && end == text.data() + text.size();
  return ok ? std::optional(number) : std::nullopt;
}

}  // namespace

bool Shard::Has(std::string_view namespace_) const {
  return (namespace_.empty() ? 0 : Hash(namespace_) % count) == index;
}

std::optional<Shard> ReadShard(std::string_view text) {
  const std::size_t slash = text.find('/');
  const char* const job_index = std::getenv("JOB_COMPLETION_INDEX");
  const std::string_view index_text = slash != std::string_view::npos ? text.substr(0, slash)
                                      : job_index != nullptr          ? job_index
                                                                      : std::string_view();
  const auto index = ReadNumber(index_text);
  const auto count = ReadNumber(slash != std::string_view::npos ? text.substr(slash + 1) : text);
  if (!index || !count || *index >= *count) return std::nullopt;
  return Shard{*index, *count};
}

}  // namespace restorable::cluster
