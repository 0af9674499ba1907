#include "value/json.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace restorable {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

class Writer {
 public:
  Writer(std::string& out, JsonStyle style) : out_(out), indented_(style == JsonStyle::kIndented) {}

  void Write(Value value, int depth) {
    if (value.IsSensitive()) return Quote("(sensitive)");
    switch (value.kind()) {
      case Kind::kNull:
        out_ += "null";
        return;
      case Kind::kBool:
        out_ += value.AsBool() ? "true" : "false";
        return;
      case Kind::kInt:
        out_ += fmt::to_string(value.AsInt());
        return;
      case Kind::kUint:
        out_ += fmt::to_string(value.AsUint());
        return;
      case Kind::kDouble:
        return WriteDouble(value.AsDouble());
      case Kind::kString:
        return Quote(value.AsString());
      case Kind::kList:
        return WriteList(value, depth);
      case Kind::kMap:
        return WriteMap(value, depth);
      case Kind::kOptional:
        if (value.AsOptional() == nullptr) return Special("none", "");
        return Write(*value.AsOptional(), depth);
      case Kind::kBytes:
        return Special("bytes", Hex(value.AsBytes()));
      case Kind::kTimestamp:
        return Special("timestamp", fmt::format("{}.{:09}s", value.Seconds(), value.Nanoseconds()));
      case Kind::kDuration:
        return Special("duration", fmt::format("{}ns", value.AsDuration()));
      case Kind::kType:
        return Special("type", value.AsType());
      case Kind::kOpaque:
        return Special(value.AsOpaque().type->name,
                       value.AsOpaque().type->print(value.AsOpaque().data));
      case Kind::kError:
        return Special("error", value.AsError().message);
      case Kind::kUnknown:
        return WriteUnknown(value.AsUnknown());
    }
  }

 private:
  static std::string Hex(std::string_view octets) {
    std::string hex;
    for (const char c : octets) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return hex;
  }

  void WriteDouble(double value) {
    if (!std::isfinite(value)) {
      return Special("double", std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
    std::string text = fmt::format("{}", value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    out_ += text;
  }

  void WriteList(Value value, int depth) {
    out_ += '[';
    bool first = true;
    for (const Value& item : value.AsList()) {
      Separate(first, depth + 1);
      Write(item, depth + 1);
    }
    Close(']', first, depth);
  }

  void WriteMap(Value value, int depth) {
    out_ += '{';
    bool first = true;
    for (const MapEntry& entry : value.AsMap()) {
      Separate(first, depth + 1);
      if (entry.key.IsString()) {
        Quote(entry.key.AsString());
      } else {
        Quote(ToJson(entry.key));
      }
      out_ += indented_ ? ": " : ":";
      Write(entry.value, depth + 1);
    }
    if (const Value* rest = value.OpenRest()) {
      Separate(first, depth + 1);
      Quote("$rest");
      out_ += indented_ ? ": " : ":";
      Write(*rest, depth + 1);
    }
    Close('}', first, depth);
  }

  void WriteUnknown(const UnknownSet& set) {
    std::string text;
    for (const UnknownCause& cause : set.causes) {
      if (!text.empty()) text += ", ";
      text += Name(cause.reason);
      if (!cause.what.empty()) text.append(" ").append(cause.what);
    }
    if (set.total > set.causes.size()) {
      text += fmt::format(", and {} more", set.total - set.causes.size());
    }
    Special("unknown", text);
  }

  void Special(std::string_view name, std::string_view text) {
    out_ += "{\"$";
    out_ += name;
    out_ += indented_ ? "\": " : "\":";
    Quote(text);
    out_ += '}';
  }

  void Separate(bool& first, int depth) {
    if (!first) out_ += ',';
    first = false;
    if (indented_) NewLine(depth);
  }

  void Close(char bracket, bool empty, int depth) {
    if (!empty && indented_) NewLine(depth);
    out_ += bracket;
  }

  void NewLine(int depth) {
    out_ += '\n';
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
  }

  void Quote(std::string_view text) { AppendJsonString(out_, text); }

  std::string& out_;
  bool indented_;
};

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t valid = FindInvalidUtf8(text).value_or(text.size());
    for (const char c : text.substr(0, valid)) {
      switch (c) {
        case '"':
          out += "\\\"";
          break;
        case '\\':
          out += "\\\\";
          break;
        case '\n':
          out += "\\n";
          break;
        case '\r':
          out += "\\r";
          break;
        case '\t':
          out += "\\t";
          break;
        default:
          if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
          } else {
            out += c;
          }
      }
    }
    text.remove_prefix(valid);
    if (text.empty()) break;
    out += kReplacement;
    text.remove_prefix(1);
  }
  out += '"';
}

std::string ToJson(Value value, JsonStyle style) {
  std::string out;
  Writer(out, style).Write(value, 0);
  return out;
}

}  // namespace restorable
