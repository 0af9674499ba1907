#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "yaml/event.h"
#include "yaml/quick_scanner.h"

// libyaml's events at a fraction of its cost. Not for other layers.
namespace restorable::yaml {

// Reads the YAML that nearly all manifests are written in, and declines any other: block lists and
// maps, also `- a: b` and lists at the column of their key; [ ] and { } of scalars, key-value pairs
// and each other; scalars of all five styles; comments; anchors, aliases, `!name` and the `!!` tags
// of YAML 1.1; a `---` alone on its line.
//
// Declining is always right: nothing has been given away by then, and libyaml reads the document
// instead. So all that is rare, unclear or wrong is declined at sight: tabs outside of comments and
// block scalars, CR, other control characters and line breaks, directives, `?`, keys of several
// lines or a thousand bytes, lists and maps as keys, nothing where [ ] or { } should have a node,
// and whatever libyaml has an error for. What is taken gives libyaml's events to the last offset;
// tests/fuzz/yaml_events.cc holds it to that.
class QuickReader {
 public:
  // For the one document in [begin, end) of `text`, which must outlive the reader.
  QuickReader(std::string_view text, std::uint32_t begin, std::uint32_t end);

  // Reads it all. False: declined.
  [[nodiscard]] bool Read();
  // The events of what was read, one by one, kEnd last.
  [[nodiscard]] const Event& Next();

 private:
  // Anchor and tag of a node that comes next.
  struct Properties {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string_view anchor;
    std::string_view tag;

    [[nodiscard]] bool Any() const { return begin != end; }
  };
  // An event as it is kept until it is asked for; an event of a node with properties has them in
  // `properties_`.
  struct Record {
    EventKind kind = EventKind::kEnd;
    ScalarStyle style = ScalarStyle::kPlain;
    bool is_flow : 1 = false;
    bool is_decoded : 1 = false;
    bool has_properties : 1 = false;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t text_begin = 0;
    std::uint32_t text_size = 0;
  };
  // A block list or map that is open.
  struct Frame {
    std::int32_t column = 0;
    bool is_map = false;
    bool is_indentless = false;  // a list at the column of its key
  };

  // These give false to decline.
  [[nodiscard]] bool ReadStart();
  [[nodiscard]] bool ReadLine();
  [[nodiscard]] bool ReadEnd();
  [[nodiscard]] bool ReadItem();
  [[nodiscard]] bool ReadKey();
  [[nodiscard]] bool ReadValue();
  [[nodiscard]] bool ReadNode(bool may_be_block);
  [[nodiscard]] bool ReadContent(const Properties& own, bool may_be_block);
  [[nodiscard]] bool ReadScalarOrMap(std::uint32_t begin, const Properties& own, bool may_be_map);
  [[nodiscard]] bool ReadAlias();
  [[nodiscard]] bool ReadProperties(Properties& properties);
  [[nodiscard]] bool ReadTag(std::string_view& tag);
  [[nodiscard]] std::string_view ReadName();
  [[nodiscard]] bool ReadFlow(const Properties& properties);
  [[nodiscard]] bool ReadFlowKey();
  [[nodiscard]] bool ReadFlowNode();
  [[nodiscard]] bool SkipToFlowToken();
  [[nodiscard]] bool PassComma();
  [[nodiscard]] bool Open(bool is_map, std::uint32_t begin, std::uint32_t end,
                          const Properties& properties);
  [[nodiscard]] std::optional<QuickScalar> ReadPlainOrQuoted(bool is_flow);
  [[nodiscard]] bool StartsPlainIndicated(bool is_flow) const;

  [[nodiscard]] bool AtDash() const { return scanner_.Peek() == '-' && scanner_.HasSpace(1); }
  [[nodiscard]] std::int32_t Column() const { return frames_.empty() ? -1 : frames_.back().column; }
  [[nodiscard]] bool AwaitNode();
  [[nodiscard]] Properties WithPending(const Properties& own);
  void OpenFlow(const Properties& properties);
  void CloseFlow();
  void Close();
  void AddScalar(std::uint32_t begin, const QuickScalar& scalar, const Properties& properties);
  void AddNothing();
  void Add(const Record& record) { records_.push_back(record); }
  void Add(const Record& record, const Properties& properties);

  std::string_view text_;  // of the caller
  std::uint32_t begin_;
  std::uint32_t end_;
  QuickScanner scanner_;
  std::vector<Frame> frames_;
  std::vector<bool> flow_;  // the [ ] and { } that are open: whether each is a map
  // A `:` or `-` that ends here has no value yet; the root has none at first.
  bool awaits_node_ = true;
  std::uint32_t mark_end_ = 0;
  Properties pending_;  // of the node that is awaited, on a line of their own

  std::vector<Record> records_;
  std::vector<Properties> properties_;
  std::size_t next_record_ = 0;
  std::size_t next_properties_ = 0;
  Event event_;
};

}  // namespace restorable::yaml
