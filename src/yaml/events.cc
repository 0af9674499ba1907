#include "yaml/events.h"

#include <yaml.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include "base/text.h"
#include "yaml/diagnostics.h"
#include "yaml/positions.h"

namespace restorable::yaml {
namespace {

std::string_view View(const yaml_char_t *text) {
  return text == nullptr ? std::string_view()
                         : reinterpret_cast<const char *>(text);
}

ScalarStyle StyleOf(yaml_scalar_style_t style) {
  switch (style) {
  case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    return ScalarStyle::kSingleQuoted;
  case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
    return ScalarStyle::kDoubleQuoted;
  case YAML_LITERAL_SCALAR_STYLE:
    return ScalarStyle::kLiteral;
  case YAML_FOLDED_SCALAR_STYLE:
    return ScalarStyle::kFolded;
  default:
    return ScalarStyle::kPlain;
  }
}

std::string CodePointName(std::uint32_t code_point) {
  char text[16];
  const int length = std::snprintf(text, sizeof(text), "U+%04X", code_point);
  return {text, static_cast<std::size_t>(length)};
}

} // namespace

struct EventReader::Impl {
  Impl(std::string_view source, Range where)
      : text(source), range(where), positions(source) {
    yaml_parser_initialize(&parser);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &parser, reinterpret_cast<const unsigned char *>(source.data()),
        source.size());
  }
  Impl(const Impl &) = delete;
  Impl &operator=(const Impl &) = delete;
  ~Impl() {
    Forget();
    yaml_parser_delete(&parser);
  }

  void Forget() {
    if (std::exchange(holds_event, false))
      yaml_event_delete(&raw);
  }

  std::uint32_t At(const yaml_mark_t &mark) const {
    return range.begin + positions.Offset(mark.index);
  }

  // After a failure libyaml gives events without kind for ever, so it is asked
  // no more.
  void Read() {
    if (event.kind == EventKind::kFailed || event.kind == EventKind::kEnd) {
      if (started)
        return;
    }
    started = true;
    do {
      Forget();
      if (yaml_parser_parse(&parser, &raw) == 0) {
        event = {};
        event.kind = EventKind::kFailed;
        return;
      }
      holds_event = true;
    } while (raw.type == YAML_STREAM_START_EVENT ||
             raw.type == YAML_DOCUMENT_END_EVENT);
    Translate();
  }

  void Translate() {
    event = {};
    event.range = {range.file, At(raw.start_mark), At(raw.end_mark)};
    switch (raw.type) {
    case YAML_SCALAR_EVENT:
      event.kind = EventKind::kScalar;
      event.style = StyleOf(raw.data.scalar.style);
      event.text = {reinterpret_cast<const char *>(raw.data.scalar.value),
                    raw.data.scalar.length};
      event.anchor = View(raw.data.scalar.anchor);
      event.tag = View(raw.data.scalar.tag);
      break;
    case YAML_ALIAS_EVENT:
      event.kind = EventKind::kAlias;
      event.anchor = View(raw.data.alias.anchor);
      break;
    case YAML_SEQUENCE_START_EVENT:
      event.kind = EventKind::kSequenceStart;
      event.flow = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
      event.anchor = View(raw.data.sequence_start.anchor);
      event.tag = View(raw.data.sequence_start.tag);
      break;
    case YAML_MAPPING_START_EVENT:
      event.kind = EventKind::kMappingStart;
      event.flow = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
      event.anchor = View(raw.data.mapping_start.anchor);
      event.tag = View(raw.data.mapping_start.tag);
      break;
    case YAML_SEQUENCE_END_EVENT:
      event.kind = EventKind::kSequenceEnd;
      break;
    case YAML_MAPPING_END_EVENT:
      event.kind = EventKind::kMappingEnd;
      break;
    case YAML_DOCUMENT_START_EVENT:
      event.kind = EventKind::kDocumentStart;
      break;
    default:
      event.kind = EventKind::kEnd;
      break;
    }
  }

  Diagnostic Failure() const;
  Diagnostic ReaderFailure() const;
  Diagnostic ScannerFailure() const;
  Range OneCharacter(std::uint32_t offset) const;

  std::string_view text;
  Range range;
  Positions positions;
  yaml_parser_t parser{};
  yaml_event_t raw{};
  bool holds_event = false;
  bool started = false;
  Event event;
};

Range EventReader::Impl::OneCharacter(std::uint32_t offset) const {
  offset = std::clamp(offset, range.begin, range.end);
  std::size_t end = offset - range.begin;
  if (end < text.size() && text[end] != '\n')
    (void)DecodeUtf8(text, end);
  return {range.file, offset, range.begin + static_cast<std::uint32_t>(end)};
}

Diagnostic EventReader::Impl::ReaderFailure() const {
  // The only errors without a mark; the offset counts bytes.
  const Range at = OneCharacter(
      range.begin + static_cast<std::uint32_t>(parser.problem_offset));
  if (parser.problem_value < 0)
    return {
        &kSyntax,
        at,
        {View(reinterpret_cast<const yaml_char_t *>(parser.problem)).data()},
        {}};
  return {&kControlCharacter,
          at,
          {CodePointName(static_cast<std::uint32_t>(parser.problem_value))},
          {}};
}

Diagnostic EventReader::Impl::ScannerFailure() const {
  const std::string_view problem =
      parser.problem == nullptr ? "" : parser.problem;
  const std::string_view context =
      parser.context == nullptr ? "" : parser.context;
  const Range at = OneCharacter(At(parser.problem_mark));
  const Range begin = OneCharacter(At(parser.context_mark));
  const std::string_view found = text.substr(at.begin - range.begin, at.size());

  if (context == "while scanning a simple key")
    return {&kMissingColon, begin, {}, {}};
  if (context == "while scanning a quoted scalar" &&
      problem.find("end") != problem.npos) {
    return {&kUnclosedQuote, begin, {}, {}};
  }
  if (found == "\t")
    return {&kTab, at, {}, {}};
  if (problem.find("cannot start any token") != problem.npos) {
    return {&kReservedCharacter, at, {std::string(found)}, {}};
  }
  if (problem.find("mapping values are not allowed") != problem.npos) {
    return {&kColonInValue, at, {}, {}};
  }
  Diagnostic diagnostic{&kSyntax, at, {std::string(problem)}, {}};
  if (!context.empty())
    diagnostic.notes.push_back({begin, std::string(context)});
  return diagnostic;
}

Diagnostic EventReader::Impl::Failure() const {
  if (parser.error == YAML_READER_ERROR)
    return ReaderFailure();
  if (parser.error == YAML_MEMORY_ERROR) {
    return {&kSyntax, OneCharacter(range.begin), {"out of memory"}, {}};
  }
  return ScannerFailure();
}

EventReader::EventReader(std::string_view text, Range range)
    : impl_(std::make_unique<Impl>(text, range)) {}
EventReader::~EventReader() = default;

const Event &EventReader::Next() {
  impl_->Read();
  return impl_->event;
}

Diagnostic EventReader::failure() const { return impl_->Failure(); }

} // namespace restorable::yaml
