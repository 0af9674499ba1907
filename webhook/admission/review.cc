#include "admission/review.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "json/parse.h"

namespace restorable::admission {
namespace {

constexpr std::array<std::string_view, 4> kOperations = {"CREATE", "UPDATE", "DELETE", "CONNECT"};

tl::unexpected<Refusal> Refuse(std::string message) {
  return tl::unexpected<Refusal>({.status = 400, .message = std::move(message)});
}

// Empty if it is absent or no string.
std::string_view Text(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr && value->IsString() ? value->AsString() : std::string_view();
}

Value MapOrNull(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr && value->IsMap() ? *value : Value::Null();
}

class RequestReader {
 public:
  RequestReader(Value request, Arena& arena) : request_(request), arena_(arena) {}

  tl::expected<ReviewRequest, Refusal> Read() {
    ReviewRequest review;
    review.uid = Text(request_, "uid");
    if (review.uid.empty()) return Refuse("`request.uid` is missing");
    const auto operation = std::ranges::find(kOperations, Text(request_, "operation"));
    if (operation == kOperations.end()) {
      return Refuse("`request.operation` is none of CREATE, UPDATE, DELETE and CONNECT");
    }
    review.operation = static_cast<Operation>(operation - kOperations.begin());
    const Value kind = MapOrNull(request_, "kind");
    review.group = Text(kind, "group");
    review.version = Text(kind, "version");
    review.kind = Text(kind, "kind");
    if (review.version.empty() || review.kind.empty()) {
      return Refuse("`request.kind` does not say a version and a kind");
    }
    review.sub_resource = Text(request_, "subResource");
    review.name = Text(request_, "name");
    review.namespace_ = Text(request_, "namespace");
    review.username = Text(MapOrNull(request_, "userInfo"), "username");
    const Value* const dry_run = request_.Find("dryRun");
    review.dry_run = dry_run != nullptr && dry_run->IsTrue();
    review.object = MapOrNull(request_, "object");
    review.old_object = MapOrNull(request_, "oldObject");
    review.fields = Fields(review);
    return review;
  }

 private:
  // Go leaves empty strings out; rules may still ask for them.
  Value Fields(const ReviewRequest& review) {
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : request_.AsMap()) {
      const std::string_view name = entry.key.AsString();
      const bool is_object = name == "object" || name == "oldObject";
      const bool is_set_below = name == "name" || name == "namespace" || name == "subResource" ||
                                name == "userInfo" || name == "dryRun";
      if (!is_object && !is_set_below) entries.push_back(entry);
    }
    const auto set = [&](std::string_view name, Value value) {
      entries.push_back({Value::String(name), value});
    };
    set("name", Value::String(review.name));
    set("namespace", Value::String(review.namespace_));
    set("subResource", Value::String(review.sub_resource));
    set("dryRun", Value::Bool(review.dry_run));
    set("userInfo", UserInfo());
    return Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
  }

  Value UserInfo() {
    const Value given = MapOrNull(request_, "userInfo");
    std::vector<MapEntry> entries;
    if (given.IsMap()) entries.assign(given.AsMap().begin(), given.AsMap().end());
    const auto require = [&](std::string_view name, Value value) {
      if (given.Find(name) == nullptr) entries.push_back({Value::String(name), value});
    };
    require("username", Value::String(""));
    require("groups", Value::List({}));
    return Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
  }

  Value request_;
  Arena& arena_;
};

}  // namespace

std::string_view Name(Operation operation) {
  return kOperations[static_cast<std::size_t>(operation)];
}

tl::expected<ReviewRequest, Refusal> ReadReview(const SourceFile& file, Arena& arena,
                                                const Limits& limits) {
  const json::ParseResult parsed =
      json::Parse(file, arena, limits, {.drop_null_entries = true, .skip_managed_fields = true});
  if (!parsed.ok) {
    for (const Diagnostic& diagnostic : parsed.diagnostics) {
      if (diagnostic.kind->severity == Severity::kError) {
        return Refuse("the body is not JSON: " + Message(diagnostic));
      }
    }
    return Refuse("the body is not JSON");
  }
  const Value root = parsed.root;
  if (!root.IsMap() || Text(root, "kind") != "AdmissionReview") {
    return Refuse("the body is not an AdmissionReview");
  }
  const std::string_view version = Text(root, "apiVersion");
  if (version == "admission.k8s.io/v1beta1") {
    return Refuse(
        "admission.k8s.io/v1beta1 is not spoken here; set admissionReviewVersions to [v1]");
  }
  if (version != "admission.k8s.io/v1") return Refuse("`apiVersion` is not admission.k8s.io/v1");
  const Value request = MapOrNull(root, "request");
  if (!request.IsMap()) return Refuse("`request` is missing");
  return RequestReader(request, arena).Read();
}

}  // namespace restorable::admission
