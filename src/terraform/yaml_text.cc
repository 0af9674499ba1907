#include "terraform/yaml_text.h"

#include <yaml.h>

#include <new>
#include <string_view>

#include "terraform/evaluate.h"
#include "terraform/number.h"

namespace restorable::terraform {
namespace {

// libyaml's emitter, which Terraform's is a port of.
class Emitter {
 public:
  Emitter();
  ~Emitter() { yaml_emitter_delete(&emitter_); }
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;

  [[nodiscard]] std::optional<std::string> Run(Value value);

 private:
  static int Append(void* out, unsigned char* bytes, std::size_t size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
    return 1;
  }
  void Emit(int initialized) {
    ok_ = ok_ && initialized != 0 && yaml_emitter_emit(&emitter_, &event_) != 0;
  }
  void EmitValue(Value value);
  void EmitScalar(std::string_view text, yaml_scalar_style_t style);

  yaml_emitter_t emitter_{};
  yaml_event_t event_{};
  std::string out_;
  bool ok_ = true;
};

Emitter::Emitter() {
  if (yaml_emitter_initialize(&emitter_) == 0) throw std::bad_alloc();
  yaml_emitter_set_output(&emitter_, Append, &out_);
  yaml_emitter_set_unicode(&emitter_, 1);
}

std::optional<std::string> Emitter::Run(Value value) {
  Emit(yaml_stream_start_event_initialize(&event_, YAML_UTF8_ENCODING));
  Emit(yaml_document_start_event_initialize(&event_, nullptr, nullptr, nullptr, 1));
  EmitValue(value);
  Emit(yaml_document_end_event_initialize(&event_, 1));
  Emit(yaml_stream_end_event_initialize(&event_));
  if (!ok_) return std::nullopt;
  // Terraform's port is of an age at which the end mark came behind a document that is a plain
  // scalar, and not behind one that ends in a literal with empty lines.
  constexpr std::string_view kEndMark = "...\n";
  const bool plain = !value.IsString() && !value.IsList() && !value.IsMap();
  if (out_.ends_with("\n...\n") && !plain) out_.resize(out_.size() - kEndMark.size());
  if (plain && !out_.ends_with(kEndMark)) out_ += kEndMark;
  return std::move(out_);
}

void Emitter::EmitScalar(std::string_view text, yaml_scalar_style_t style) {
  const auto* const bytes = reinterpret_cast<const yaml_char_t*>(text.data());
  // An empty text may come without a place.
  const auto* const begin = bytes == nullptr ? reinterpret_cast<const yaml_char_t*>("") : bytes;
  Emit(yaml_scalar_event_initialize(&event_, nullptr, nullptr, begin, static_cast<int>(text.size()),
                                    1, 1, style));
}

void Emitter::EmitValue(Value value) {
  if (!ok_) return;
  switch (value.kind()) {
    case Kind::kString: {
      const std::string_view text = value.AsString();
      const bool lines = text.find('\n') != std::string_view::npos;
      return EmitScalar(text, lines ? YAML_LITERAL_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE);
    }
    case Kind::kBool:
      return EmitScalar(value.AsBool() ? "true" : "false", YAML_PLAIN_SCALAR_STYLE);
    case Kind::kInt:
    case Kind::kDouble:
      return EmitScalar(NumberText(value), YAML_PLAIN_SCALAR_STYLE);
    case Kind::kList:
      Emit(yaml_sequence_start_event_initialize(&event_, nullptr, nullptr, 1,
                                                YAML_BLOCK_SEQUENCE_STYLE));
      for (const Value& item : value.AsList()) EmitValue(item);
      return Emit(yaml_sequence_end_event_initialize(&event_));
    case Kind::kMap:
      Emit(yaml_mapping_start_event_initialize(&event_, nullptr, nullptr, 1,
                                               YAML_BLOCK_MAPPING_STYLE));
      for (const MapEntry& entry : SortedEntries(value)) {
        EmitValue(entry.key);
        EmitValue(entry.value);
      }
      return Emit(yaml_mapping_end_event_initialize(&event_));
    default:
      return EmitScalar("null", YAML_PLAIN_SCALAR_STYLE);
  }
}

}  // namespace

std::optional<std::string> YamlText(Value value) { return Emitter().Run(value); }

}  // namespace restorable::terraform
