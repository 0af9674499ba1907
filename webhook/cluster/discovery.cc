#include "cluster/discovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "cluster/diagnostics.h"
#include "json/parse.h"

namespace restorable::cluster {
namespace {

// A group whose server is away must not hold up all others.
constexpr std::chrono::seconds kGroupPatience{5};

std::string_view Text(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr && value->IsString() ? value->AsString() : std::string_view();
}

std::span<const Value> Items(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr && value->IsList() ? value->AsList() : std::span<const Value>();
}

bool CanBeListed(Value resource) {
  return std::ranges::any_of(Items(resource, "verbs"), [](Value verb) {
    return verb.IsString() && verb.AsString() == "list";
  });
}

class Discoverer {
 public:
  Discoverer(Client& client, const std::function<bool(const Kind&)>& is_wanted)
      : client_(client), is_wanted_(is_wanted) {}

  Discovery Run() {
    ReadKinds("/api/v1", "", "v1", true);
    const Request request{.path = "/apis"};
    if (const auto groups = Read(request, client_.Require(request))) {
      for (const Value& group : Items(*groups, "groups")) ReadGroup(group);
    }
    return std::move(result_);
  }

 private:
  // A kind that the preferred version does not have is taken from the first one that has it.
  void ReadGroup(Value group) {
    const std::string name(Text(group, "name"));
    const Value* const preferred = group.Find("preferredVersion");
    std::vector<std::string> versions;
    if (preferred != nullptr) versions.emplace_back(Text(*preferred, "version"));
    for (const Value& item : Items(group, "versions")) {
      std::string version(Text(item, "version"));
      if (std::ranges::count(versions, version) == 0) versions.push_back(std::move(version));
    }
    for (const std::string& version : versions) {
      ReadKinds(fmt::format("/apis/{}/{}", name, version), name, version, false);
    }
  }

  bool IsKnown(const Kind& kind) const {
    return std::ranges::any_of(result_.kinds, [&](const Kind& known) {
      return known.group == kind.group && known.plural == kind.plural;
    });
  }

  void ReadKinds(const std::string& path, const std::string& group, const std::string& version,
                 bool is_required) {
    const Request request{.path = path};
    Result<Response> response =
        is_required ? client_.Require(request) : client_.Call(request, kGroupPatience);
    if (response && response->status != 200) response = Failure(Refusal(request, *response));
    if (!response && !is_required) {
      result_.diagnostics.push_back({&kUndiscovered, {}, {group, Message(response.error())}, {}});
      return;
    }
    const auto list = Read(request, std::move(response));
    if (!list) return;
    for (const Value& resource : Items(*list, "resources")) {
      const Value* const is_namespaced = resource.Find("namespaced");
      Kind kind{group, version, std::string(Text(resource, "kind")),
                std::string(Text(resource, "name")),
                is_namespaced != nullptr && is_namespaced->IsTrue()};
      const bool is_sub_resource = kind.plural.find('/') != std::string::npos;
      if (is_sub_resource || kind.plural.empty() || !CanBeListed(resource)) continue;
      if (!IsKnown(kind) && is_wanted_(kind)) result_.kinds.push_back(std::move(kind));
    }
  }

  // The JSON of the answer; lives as long as this.
  std::optional<Value> Read(const Request& request, Result<Response> response) {
    if (!response) {
      result_.diagnostics.push_back(std::move(response.error()));
      return std::nullopt;
    }
    files_.push_back(std::make_unique<SourceFile>(FileId(0), "", std::move(response->body)));
    json::ParseResult parsed = json::Parse(*files_.back(), arena_, Limits{});
    if (parsed.ok) return parsed.root;
    result_.diagnostics.push_back(
        {&kNotJson, {}, {NameOf(request), Message(parsed.diagnostics.back())}, {}});
    return std::nullopt;
  }

  Client& client_;
  const std::function<bool(const Kind&)>& is_wanted_;
  Arena arena_;
  std::vector<std::unique_ptr<SourceFile>> files_;
  Discovery result_;
};

}  // namespace

std::string Kind::Path(std::string_view namespace_) const {
  std::string path = group.empty() ? "/api/" : "/apis/" + group + "/";
  path += version + "/";
  if (!namespace_.empty()) path.append("namespaces/").append(namespace_).append("/");
  return path + plural;
}

std::string Kind::Name() const { return group.empty() ? plural : plural + "." + group; }

Discovery Discover(Client& client, const std::function<bool(const Kind&)>& is_wanted) {
  return Discoverer(client, is_wanted).Run();
}

}  // namespace restorable::cluster
