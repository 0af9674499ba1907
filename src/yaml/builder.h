#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "value/hash.h"
#include "yaml/build.h"
#include "yaml/events.h"
#include "yaml/settle.h"

// Makes a value of the events of one document. Not for other layers.
namespace restorable::yaml {

// How much a value is when its aliases are followed, which its text does not show.
struct Extent {
  std::uint32_t size = 1;    // values in it, itself included
  std::uint32_t height = 0;  // containers on the longest way down

  void Add(const Extent& child);
};

struct Node {
  Value value;  // a number has not gone through JSON yet: keys do not
  Extent extent;
  Range written;  // where it stands in the text; of an alias, the alias
  bool is_alias = false;
};

// A list or map that is being read.
struct Frame {
  // What the next node of a map is. kDropped: the value of a key that a template fills in.
  enum class Next : std::uint8_t { kKey, kValue, kMergeValue, kDropped };

  bool is_map = false;
  bool is_flow = false;
  bool has_merge = false;
  Next next = Next::kKey;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;     // of the last child
  std::uint32_t column = 0;  // of the begin, in bytes; for templates
  std::size_t first = 0;     // of its entries or items
  std::size_t anchor = 0;    // number among the anchored values plus one; 0: none
  Extent extent;
  // Unknowns of the arena: for lines of a template that may add entries or items, and for such
  // lines between a key and its value. Mostly nullptr.
  const Value* rest = nullptr;
  const Value* pending = nullptr;
};

class Builder {
 public:
  Builder(const BuildContext& context, Range document, const Mask* mask, BuildResult& result);

  void Run();

 private:
  struct Anchored {
    Value value;
    Extent extent;
    bool is_complete = false;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return HashKey(name); }
  };

  // These give false after an error, which is reported by then.
  bool Handle(const Event& event);
  bool AddScalar(const Event& event);
  bool AddKey(const Event& event, const Node& node);
  bool AddAlias(const Event& event);
  bool Open(const Event& event);
  bool Close(const Event& event);
  bool SetKey(const Node& key, std::string_view text);
  bool Attach(const Node& node);
  bool ToJson(Value& value, Range written);
  bool AttachToMap(Frame& frame, const Node& node, Value value);
  bool AddMerge(Frame& frame, const Node& node);
  bool CountNode(Range range);
  bool Fail(const DiagnosticKind& kind, Range range, std::vector<std::string> args = {});
  bool FailLimit(const DiagnosticKind& kind, Range range, std::uint32_t limit);

  [[nodiscard]] bool ExpectsKey() const;
  [[nodiscard]] Range ScalarRange(const Event& event) const;
  [[nodiscard]] std::uint32_t PlaceOfNothing(std::uint32_t offset) const;
  [[nodiscard]] std::string_view Keep(const Event& event, Range range);
  [[nodiscard]] std::optional<Value> Resolve(const Event& event, std::string_view text);
  [[nodiscard]] Value CloseMap(const Frame& frame);
  [[nodiscard]] Value CloseList(const Frame& frame);
  [[nodiscard]] std::size_t SetAnchor(std::string_view name);
  void CompleteAnchor(std::size_t anchor, const Node& node);

  // Templates: builder_template.cc.
  [[nodiscard]] std::optional<Value> FilledScalar(const Event& event, Range range);
  void PlaceLines(std::uint32_t until);
  void PlaceLines(const Action& action);
  void PlaceInTarget(Frame& frame, const Action& action, const Value* unknown, bool is_innermost);
  [[nodiscard]] std::uint32_t ColumnOf(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t ParentColumn() const;

  const BuildContext& context_;
  const Mask* mask_;
  std::string_view source_;  // of the file
  std::string_view text_;    // the same, or as the mask has it
  EventReader reader_;
  Range document_;
  BuildResult& result_;
  Settler settler_;
  std::vector<Frame> frames_;
  std::vector<Value> items_;       // of all open lists, innermost last
  std::vector<MapEntry> entries_;  // of all open maps, likewise; the last may lack its value
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> anchors_;
  std::vector<Anchored> anchored_;
  std::uint64_t alias_nodes_ = 0;
  std::uint32_t nodes_ = 0;
  std::uint32_t flow_depth_ = 0;
  std::uint32_t last_end_ = 0;  // of the last thing that was read
  std::size_t next_action_ = 0;
  const Value* pending_ = nullptr;  // unknown when lines of a template stand before the root
  bool has_root_ = false;
};

}  // namespace restorable::yaml
