#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "yaml/event.h"
#include "yaml/libyaml_reader.h"
#include "yaml/quick_reader.h"

// The events of one document. Of the other layers only terraform reads them, whose yamldecode() has
// rules of its own for scalars.
namespace restorable::yaml {

// They are libyaml's, always. A document in the plain kind of YAML that manifests are written in is
// read by QuickReader, which makes the same ones in a fraction of the time; any other, and any
// with an error, by libyaml itself.
class EventReader {
 public:
  // Reads the one document in [begin, end) of `text`, which must outlive the reader.
  EventReader(std::string_view text, std::uint32_t begin, std::uint32_t end);

  [[nodiscard]] const Event& Next();
  [[nodiscard]] const SyntaxError& error() const { return libyaml_->error(); }  // after kError

 private:
  QuickReader quick_;
  std::unique_ptr<LibyamlReader> libyaml_;  // nullptr while `quick_` reads
};

}  // namespace restorable::yaml
