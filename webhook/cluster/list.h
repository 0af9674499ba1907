#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "cluster/client.h"
#include "value/value.h"

namespace restorable::cluster {

// A piece of a list. Goes when the next one comes.
struct Page {
  const SourceFile& file;
  Value list;  // "PodList"
  Arena& arena;
};

struct ListOptions {
  std::size_t page_objects = 500;
};

// Lists objects, page by page. Pages are numbered as files of a run are.
class Lister {
 public:
  explicit Lister(Client& client, ListOptions options = {}) : client_(client), options_(options) {}

  // Reads all of `path` and gives each page to `take`. A continue token that has expired is
  // replaced by the one that the server offers for the rest of the list; where it offers none the
  // list begins again, which `restart` is told. Pages that are too large are asked for in smaller
  // ones. Errors: those of Client::Require, cluster-not-json, cluster-unstable-list.
  [[nodiscard]] std::optional<Diagnostic> List(const std::string& path,
                                               const std::function<void()>& restart,
                                               const std::function<void(const Page&)>& take);
  // Of the answer that ended the last list; 0 if there was none.
  [[nodiscard]] int last_status() const { return last_status_; }

 private:
  [[nodiscard]] Result<std::string> TakePage(const Request& request, std::string body,
                                             const std::function<void(const Page&)>& take);

  Client& client_;
  ListOptions options_;
  Arena arena_;
  std::uint32_t next_page_ = 0;
  int last_status_ = 0;
};

}  // namespace restorable::cluster
