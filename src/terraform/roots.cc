#include "terraform/roots.h"

#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "terraform/evaluate.h"

namespace restorable::terraform {
namespace {

// The directories that a module calls, as far as its text says.
std::set<std::string> CalledBy(const Configuration& module, Library& library) {
  Arena arena;
  OriginTable origins;
  Context context(arena, origins, library.limits());
  std::set<std::string> called;
  for (const auto& [name, call] : module.modules) {
    const Expression source = call.body.Find("source");
    if (!source.written()) continue;
    const Value value = Evaluate(context, *source.tree, source.node, nullptr);
    if (!value.IsString() || !IsLocalSource(value.AsString())) continue;
    const auto directory = JoinPath(module.directory, value.AsString());
    if (directory.has_value()) called.insert(*directory);
  }
  return called;
}

using Calls = std::map<std::string, std::set<std::string>>;

void Visit(const Calls& calls, const std::string& first, std::set<std::string>& reached) {
  std::vector<std::string> pending{first};
  while (!pending.empty()) {
    const std::string directory = std::move(pending.back());
    pending.pop_back();
    if (!reached.insert(directory).second) continue;
    const auto known = calls.find(directory);
    if (known == calls.end()) continue;
    pending.insert(pending.end(), known->second.begin(), known->second.end());
  }
}

}  // namespace

std::vector<std::string> FindRoots(Library& library, std::span<const std::string> paths) {
  Calls calls;
  std::set<std::string> called;
  for (const std::string& path : paths) {
    const std::size_t slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "" : path.substr(0, slash);
    if (calls.contains(directory)) continue;
    const Configuration* const module = library.Find(directory);
    if (module == nullptr) continue;
    const std::set<std::string>& own = calls[directory] = CalledBy(*module, library);
    called.insert(own.begin(), own.end());
  }
  std::set<std::string> roots, reached;
  for (const auto& [directory, own] : calls) {
    if (called.contains(directory)) continue;
    roots.insert(directory);
    Visit(calls, directory, reached);
  }
  for (const auto& [directory, own] : calls) {
    if (!reached.contains(directory)) roots.insert(directory);
  }
  return {roots.begin(), roots.end()};
}

}  // namespace restorable::terraform
