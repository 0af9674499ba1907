#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable {

// The path of a file, as reports print it.
using PathOf = std::function<std::string_view(FileId)>;

// The resources that are deployed together, and how rules find them. Filled by one thread, then
// sealed; a sealed one is read by many threads. What the resources point to outlives it.
class Deployment {
 public:
  explicit Deployment(PathOf path_of);
  Deployment(Deployment&&) noexcept;
  Deployment& operator=(Deployment&&) noexcept;
  ~Deployment();

  void Add(const Resource& resource);
  // A module of which nobody can say what it creates.
  void AddMissing(std::string_view address);
  // Those, as they were added.
  [[nodiscard]] std::span<const std::string> missing() const;
  // Builds the index; again after more was added. What it answered before stays valid.
  void Seal();

  // Sorted by place (file, begin) once sealed.
  [[nodiscard]] std::span<const Resource> resources() const;

  // The bodies of all resources of a kind: "StorageClass", "storage.k8s.io/StorageClass", or an ARM
  // type in any case. One that may not come to be, or as often as nobody knows, stands in the list
  // as an unknown, and the shape of the list says so.
  [[nodiscard]] Value List(std::string_view kind) const;

  // As an optional: the object of that kind and name nearest to `from`: in the same file, else in
  // the directory with which it shares the longest path. Unknown when two equally near ones differ
  // (kAmbiguous), when it may not come to be, and when none has the name but the name of some is
  // not known.
  [[nodiscard]] Value Find(std::string_view kind, std::string_view name, FileId from,
                           Arena& arena) const;
  // Likewise in a namespace. An object that says none is taken to be in any.
  [[nodiscard]] Value Find(std::string_view kind, std::string_view namespace_,
                           std::string_view name, FileId from, Arena& arena) const;

  // The Azure resources of a type whose `parent` is that id, in any case. One whose parent is not
  // known stands in the list as an unknown as well.
  [[nodiscard]] Value Children(std::string_view type, std::string_view parent_id,
                               Arena& arena) const;

  // Those of a kind whose `field` ("id", "properties.principalId") is that text, or a list that
  // holds it, in any case; and those of which this is not known. Costs no more among many resources
  // than among few, once somebody asked for that field.
  [[nodiscard]] Value Candidates(std::string_view kind, std::string_view field,
                                 std::string_view text, Arena& arena) const;

  // What follows from the sealed deployment alone: made when it is first asked for, by whichever
  // thread that is, in an arena that lives as long as the deployment. `key` says what it is.
  using Make = std::function<Value(Arena& arena)>;
  [[nodiscard]] Value Derive(const void* key, const Make& make) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable
