#pragma once

#include <string>

#include "base/result.h"

namespace restorable::cluster {

// Where an API server is, and by what it knows who asks.
struct Access {
  std::string host;
  int port = 443;
  bool tls = true;
  std::string prefix;      // of all paths, where something stands in front: "/clusters/c-1"
  std::string token_file;  // read for each request, since tokens are replaced; empty: none
  std::string ca_file;     // of the authority of its certificate; empty: the system's
};

// What a user says of it; empty where nothing is said.
struct AccessOptions {
  std::string server;  // "https://10.0.0.1:6443"; http for this machine only (kubectl proxy)
  std::string token_file;
  std::string ca_file;
};

// As the options say; without a server that of the pod we are in, by its service account.
// Errors: cluster-no-server, cluster-bad-server, cluster-plain-server.
[[nodiscard]] Result<Access> FindAccess(const AccessOptions& options);

}  // namespace restorable::cluster
