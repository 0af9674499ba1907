#include "yaml/libyaml_reader.h"

#include <yaml.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/text.h"

namespace restorable::yaml {
namespace {

std::string_view View(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view View(const char* text) { return text == nullptr ? std::string_view() : text; }

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

void DeleteParser(yaml_parser_t* parser) {
  yaml_parser_delete(parser);
  delete parser;
}

void DeleteEvent(yaml_event_t* event) {
  yaml_event_delete(event);
  delete event;
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

LibyamlReader::LibyamlReader(std::string_view text, std::uint32_t begin, std::uint32_t end)
    : text_(text),
      begin_(begin),
      end_(end),
      is_ascii_(IsAscii(text.substr(begin, end - begin))),
      cursor_offset_(begin),
      parser_(nullptr, DeleteParser),
      raw_(new yaml_event_t(), DeleteEvent) {
  auto parser = std::make_unique<yaml_parser_t>();
  if (yaml_parser_initialize(parser.get()) == 0) throw std::bad_alloc();
  parser_.reset(parser.release());
  // Said, and not left to the reader to find out: a text that starts with FF FE is no UTF-16 here.
  yaml_parser_set_encoding(parser_.get(), YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(
      parser_.get(), reinterpret_cast<const unsigned char*>(text.data()) + begin, end - begin);
}

LibyamlReader::~LibyamlReader() = default;

bool LibyamlReader::Pull() {
  yaml_event_delete(raw_.get());
  return yaml_parser_parse(parser_.get(), raw_.get()) != 0;
}

const Event& LibyamlReader::Next() {
  do {
    if (!Pull()) {
      Fail();
      return event_;
    }
  } while (raw_->type == YAML_STREAM_START_EVENT || raw_->type == YAML_DOCUMENT_START_EVENT);
  Translate();
  return event_;
}

void LibyamlReader::Translate() {
  event_.begin = OffsetOf(raw_->start_mark.index);
  event_.end = OffsetOf(raw_->end_mark.index);
  switch (raw_->type) {
    case YAML_SCALAR_EVENT: {
      const auto& scalar = raw_->data.scalar;
      event_.kind = EventKind::kScalar;
      event_.style = StyleOf(scalar.style);
      event_.text = {reinterpret_cast<const char*>(scalar.value), scalar.length};
      event_.anchor = View(scalar.anchor);
      event_.tag = View(scalar.tag);
      break;
    }
    case YAML_ALIAS_EVENT:
      event_.kind = EventKind::kAlias;
      event_.text = View(raw_->data.alias.anchor);
      break;
    case YAML_SEQUENCE_START_EVENT: {
      const auto& list = raw_->data.sequence_start;
      event_.kind = EventKind::kListBegin;
      event_.is_flow = list.style == YAML_FLOW_SEQUENCE_STYLE;
      event_.anchor = View(list.anchor);
      event_.tag = View(list.tag);
      break;
    }
    case YAML_MAPPING_START_EVENT: {
      const auto& map = raw_->data.mapping_start;
      event_.kind = EventKind::kMapBegin;
      event_.is_flow = map.style == YAML_FLOW_MAPPING_STYLE;
      event_.anchor = View(map.anchor);
      event_.tag = View(map.tag);
      break;
    }
    case YAML_SEQUENCE_END_EVENT:
      event_.kind = EventKind::kListEnd;
      break;
    case YAML_MAPPING_END_EVENT:
      event_.kind = EventKind::kMapEnd;
      break;
    case YAML_DOCUMENT_END_EVENT:
      ExpectEndOfText();
      break;
    default:  // the end of the stream: a text without a document
      event_.kind = EventKind::kEnd;
      break;
  }
}

// What comes after the document decides whether it was a whole one: `{a: 1} b`.
void LibyamlReader::ExpectEndOfText() {
  event_.kind = EventKind::kEnd;
  if (!Pull()) {
    Fail();
  } else if (raw_->type != YAML_STREAM_END_EVENT) {
    event_.kind = EventKind::kError;
    error_.problem = "did not find expected <document start>";
    error_.problem_offset = OffsetOf(raw_->start_mark.index);
  }
}

void LibyamlReader::Fail() {
  event_.kind = EventKind::kError;
  if (parser_->error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  error_.problem = View(parser_->problem);
  if (parser_->error == YAML_READER_ERROR) {
    error_.is_encoding = true;
    error_.bad_value = static_cast<std::uint32_t>(parser_->problem_value);
    error_.problem_offset =
        std::min(begin_ + static_cast<std::uint32_t>(parser_->problem_offset), end_);
    return;
  }
  error_.context = View(parser_->context);
  error_.problem_offset = OffsetOf(parser_->problem_mark.index);
  error_.context_offset = OffsetOf(parser_->context_mark.index);
}

std::uint32_t LibyamlReader::OffsetOf(std::size_t index) {
  if (is_ascii_) return std::min(begin_ + static_cast<std::uint32_t>(index), end_);
  while (cursor_index_ < index && cursor_offset_ < end_) {
    // Eight characters at once where they are ASCII.
    constexpr std::uint32_t kStep = 8;
    if (index - cursor_index_ >= kStep && end_ - cursor_offset_ > kStep &&
        IsAscii(text_.substr(cursor_offset_, kStep + 1))) {
      cursor_index_ += kStep;
      cursor_offset_ += kStep;
      continue;
    }
    ++cursor_index_;
    do {
      ++cursor_offset_;
    } while (cursor_offset_ < end_ && IsContinuation(text_[cursor_offset_]));
  }
  while (cursor_index_ > index) {
    --cursor_index_;
    do {
      --cursor_offset_;
    } while (IsContinuation(text_[cursor_offset_]));
  }
  return cursor_offset_;
}

}  // namespace restorable::yaml
