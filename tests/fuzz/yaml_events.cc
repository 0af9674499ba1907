// Bytes as one document of YAML: what QuickReader takes, it reads as libyaml does.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "yaml/libyaml_reader.h"
#include "yaml/quick_reader.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckSame(const yaml::Event& quick, const yaml::Event& expected) {
  using yaml::EventKind;
  Require(quick.kind == expected.kind);
  Require(quick.begin == expected.begin && quick.end == expected.end);
  const bool is_scalar = quick.kind == EventKind::kScalar;
  const bool begins = quick.kind == EventKind::kListBegin || quick.kind == EventKind::kMapBegin;
  if (is_scalar) Require(quick.style == expected.style);
  if (begins) Require(quick.is_flow == expected.is_flow);
  if (is_scalar || quick.kind == EventKind::kAlias) Require(quick.text == expected.text);
  if (is_scalar || begins) Require(quick.anchor == expected.anchor && quick.tag == expected.tag);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = static_cast<std::uint32_t>(size);
  yaml::QuickReader quick(text, 0, end);
  if (!quick.Read()) return 0;
  yaml::LibyamlReader libyaml(text, 0, end);
  bool more = true;
  while (more) {
    const yaml::Event& event = quick.Next();
    CheckSame(event, libyaml.Next());
    more = event.kind != yaml::EventKind::kEnd;
  }
  return 0;
}
