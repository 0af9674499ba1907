#include "yaml/events.h"

namespace restorable::yaml {

EventReader::EventReader(std::string_view text, std::uint32_t begin, std::uint32_t end)
    : quick_(text, begin, end) {
  if (!quick_.Read()) libyaml_ = std::make_unique<LibyamlReader>(text, begin, end);
}

const Event& EventReader::Next() { return libyaml_ == nullptr ? quick_.Next() : libyaml_->Next(); }

}  // namespace restorable::yaml
