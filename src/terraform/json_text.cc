#include "terraform/json_text.h"

#include <fmt/format.h>

#include <string_view>

#include "base/text.h"
#include "terraform/evaluate.h"
#include "terraform/number.h"

namespace restorable::terraform {
namespace {

void AppendString(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = DecodeUtf8(text, at);
    if (c == '"' || c == '\\') {
      out.append("\\").append(1, static_cast<char>(c));
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  out += '"';
}

}  // namespace

void AppendJson(std::string& out, Value value) {
  switch (value.kind()) {
    case Kind::kBool:
      out += value.AsBool() ? "true" : "false";
      return;
    case Kind::kInt:
    case Kind::kDouble:
      out += NumberText(value);
      return;
    case Kind::kString:
      return AppendString(out, value.AsString());
    case Kind::kList: {
      std::string_view separator = "[";
      for (const Value& item : value.AsList()) {
        out += separator;
        AppendJson(out, item);
        separator = ",";
      }
      out += value.size() == 0 ? "[]" : "]";
      return;
    }
    case Kind::kMap: {
      std::string_view separator = "{";
      for (const MapEntry& entry : SortedEntries(value)) {
        out += separator;
        AppendString(out, entry.key.AsString());
        out += ':';
        AppendJson(out, entry.value);
        separator = ",";
      }
      out += value.size() == 0 ? "{}" : "}";
      return;
    }
    default:
      out += "null";
  }
}

}  // namespace restorable::terraform
