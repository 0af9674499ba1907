#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "cluster/client.h"

namespace restorable::cluster {

// A kind of object that a server lists.
struct Kind {
  std::string group;  // "" for core
  std::string version;
  std::string kind;
  std::string plural;
  bool is_namespaced = true;

  // Of all its objects, or of those in a namespace: "/apis/apps/v1/namespaces/shop/deployments".
  [[nodiscard]] std::string Path(std::string_view namespace_ = {}) const;
  // "deployments.apps", as kubectl says it.
  [[nodiscard]] std::string Name() const;
};

struct Discovery {
  std::vector<Kind> kinds;  // wanted ones
  std::vector<Diagnostic> diagnostics;
};

// The kinds that the server has, each in the version that its group prefers, if that has it. A
// group that cannot say (its own server is away) is cluster-undiscovered; Errors: those of
// Client::Require, when not even the groups are known.
[[nodiscard]] Discovery Discover(Client& client, const std::function<bool(const Kind&)>& is_wanted);

}  // namespace restorable::cluster
