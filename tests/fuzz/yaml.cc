// Bytes as a stream of YAML: nothing crashes, every range lies in its file and every child in its
// parent, and a scalar decoded a second time from its range alone is the same text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "base/source.h"
#include "yaml/decode_scalar.h"
#include "yaml/mask.h"
#include "yaml/parse.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

class Checker {
 public:
  explicit Checker(const SourceFile& file) : file_(file) {}

  void Check(const yaml::Document& document) {
    Require(file_.WholeRange().Contains(document.range));
    for (const Range& block : document.conditional) Require(document.range.Contains(block));
    if (document.state == yaml::DocumentState::kBroken) Require(document.root.IsNull());
    // Actions are read as what they fill in.
    is_source_ = document.state == yaml::DocumentState::kParsed &&
                 file_.Text(document.range).find("binary") == std::string_view::npos;
    if (!document.root.range().IsNone()) CheckValue(document.root, document.range);
    for (const Range& comment : yaml::FindComments(file_, document, "#")) {
      Require(document.range.Contains(comment) && file_.Text(comment).starts_with('#'));
    }
  }

 private:
  void CheckValue(Value value, Range within) {
    // Unknowns may be those of a whole line, and aliases are written elsewhere.
    const bool is_here = value.via() == OriginId::kNone && !value.IsUnknown();
    Require((is_here ? within : file_.WholeRange()).Contains(value.range()));
    if (value.IsString() && is_source_) CheckString(value);
    if (value.IsList()) {
      for (const Value& item : value.AsList()) CheckValue(item, value.range());
    }
    if (!value.IsMap()) return;
    for (const MapEntry& entry : value.AsMap()) {
      Require(entry.key.IsString() && file_.WholeRange().Contains(entry.key.range()));
      CheckValue(entry.value, value.range());
    }
  }

  void CheckString(Value value) {
    const std::string_view written = file_.Text(value.range());
    // The indentation that a number in the header counts from is a guess.
    const bool is_block = written.starts_with('|') || written.starts_with('>');
    if (is_block && written.substr(0, 3).find_first_of("123456789") != written.npos) return;
    Require(yaml::DecodeScalar(file_.text(), value.range()).text == value.AsString());
  }

  const SourceFile& file_;
  bool is_source_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Limits limits;
  limits.nesting = 20;
  limits.flow_nesting = 10;
  limits.alias_nodes = 1000;
  limits.document_nodes = 10'000;
  limits.documents = 20;
  limits.directives = 5;
  yaml::Options options;
  options.drop_null_entries = (data[0] & 1) != 0;
  options.in_chart_templates = (data[0] & 2) != 0;

  Result<std::string> text = DecodeText(std::string(data + 1, data + size));
  if (!text) return 0;
  const SourceFile file(FileId{0}, "fuzz.yaml", std::move(*text));
  Require(yaml::Mask(file.id(), file.text()).text().size() == file.text().size());

  Arena arena;
  OriginTable origins;
  const yaml::Stream stream = yaml::Parse(file, arena, origins, limits, options);
  for (const Diagnostic& diagnostic : stream.diagnostics) {
    Require(file.WholeRange().Contains(diagnostic.range));
    for (const Note& note : diagnostic.notes) Require(file.WholeRange().Contains(note.range));
    static_cast<void>(Message(diagnostic));
  }
  for (const yaml::Document& document : stream.documents) Checker(file).Check(document);
  return 0;
}
