#include <fmt/format.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/base64.h"
#include "base/source.h"
#include "base/text.h"
#include "hcl/number.h"
#include "json/parse.h"
#include "terraform/functions.h"
#include "terraform/hash.h"
#include "terraform/json_text.h"

namespace restorable::terraform {
namespace {

// The decoded values as this language has them: numbers of two kinds, all places those of the call.
Value Adopt(Call& call, Value value) {
  switch (value.kind()) {
    case Kind::kUint:
      return call.Return(hcl::Number(value.AsUint()));
    case Kind::kDouble:
      return call.Return(hcl::Number(value.AsDouble()));
    case Kind::kString:
      return call.Return(value.AsString());
    case Kind::kList: {
      std::vector<Value> items;
      for (const Value& item : value.AsList()) items.push_back(Adopt(call, item));
      return call.Return(call.context.List(items));
    }
    case Kind::kMap: {
      std::vector<MapEntry> entries;
      for (const MapEntry& entry : value.AsMap()) {
        entries.push_back({call.Return(entry.key.AsString()), Adopt(call, entry.value)});
      }
      return call.Return(call.context.Map(entries));
    }
    default:
      return call.Return(value);
  }
}

// One record of comma-separated values (RFC 4180) from `at` on; false where a quote is not closed,
// or stands within a field that does not start with one.
bool ReadRecord(std::string_view text, std::size_t& at, std::vector<std::string>& fields) {
  fields.assign(1, {});
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' && fields.back().empty()) {
      for (++at;; ++at) {
        if (at >= text.size()) return false;
        if (text[at] == '"' && (at + 1 >= text.size() || text[at + 1] != '"')) break;
        if (text[at] == '"') ++at;
        fields.back() += text[at];
      }
      ++at;
    } else if (c == ',') {
      fields.emplace_back();
      ++at;
    } else if (c == '\n') {
      ++at;
      return true;
    } else if (c == '"') {
      return false;
    } else {
      if (c != '\r' || at + 1 >= text.size() || text[at + 1] != '\n') fields.back() += c;
      ++at;
    }
  }
  return true;
}

}  // namespace

Value Base64Decode(Call& call) {
  const auto decoded = DecodeBase64(call.String(0), Base64Padding::kRequired);
  if (!decoded) return call.Fail("the text is not base64");
  if (FindInvalidUtf8(*decoded).has_value()) return call.Fail("the decoded bytes are not UTF-8");
  return call.Return(*decoded);
}
Value Base64Encode(Call& call) { return call.Return(EncodeBase64(call.String(0))); }
Value Base64Sha256(Call& call) { return call.Return(EncodeBase64(Sha256Of(call.String(0)))); }
Value Base64Sha512(Call& call) { return call.Return(EncodeBase64(Sha512Of(call.String(0)))); }
Value Md5(Call& call) { return call.Return(Hex(Md5Of(call.String(0)))); }
Value Sha1(Call& call) { return call.Return(Hex(Sha1Of(call.String(0)))); }
Value Sha256(Call& call) { return call.Return(Hex(Sha256Of(call.String(0)))); }
Value Sha512(Call& call) { return call.Return(Hex(Sha512Of(call.String(0)))); }

Value CsvDecode(Call& call) {
  const std::string_view text = call.String(0);
  if (!call.context.SpendParsing(text.size())) return call.context.Limit("evaluation_steps");
  std::size_t at = 0;
  std::vector<std::string> names;
  if (text.empty()) return call.Fail("the text has no header line");
  if (!ReadRecord(text, at, names)) return call.Fail("a quote is out of place or not closed");
  std::vector<Value> keys;
  std::unordered_map<std::string_view, bool> seen;
  for (const std::string& name : names) {
    if (!seen.emplace(name, true).second) return call.Fail("two columns are called `" + name + "`");
    keys.push_back(call.Return(std::string_view(name)));
  }
  std::vector<Value> rows;
  std::vector<std::string> fields;
  while (at < text.size()) {
    if (!ReadRecord(text, at, fields)) return call.Fail("a quote is out of place or not closed");
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (fields.size() != keys.size()) return call.Fail("the rows differ in length");
    std::vector<MapEntry> entries;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      entries.push_back({keys[i], call.Return(std::string_view(fields[i]))});
    }
    rows.push_back(call.context.Map(entries));
  }
  return call.Return(call.context.List(rows, Shape::kUniform));
}

Value JsonDecode(Call& call) {
  if (!call.context.SpendParsing(call[0].size())) return call.context.Limit("evaluation_steps");
  const SourceFile text(FileId::kNone, "jsondecode()", std::string(call.String(0)));
  const json::ParseResult parsed = json::Parse(text, call.context.arena, call.context.limits);
  if (!parsed.ok) {
    return call.Fail(parsed.diagnostics.empty() ? "the text is not JSON"
                                                : Message(parsed.diagnostics[0]));
  }
  return Adopt(call, parsed.root);
}

Value JsonEncode(Call& call) {
  std::string out;
  AppendJson(out, call[0]);
  return call.Return(out);
}

Value UrlEncode(Call& call) {
  std::string out;
  for (const char c : call.String(0)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return call.Return(out);
}

// OpenTofu's; undoes urlencode().
Value UrlDecode(Call& call) {
  const std::string_view text = call.String(0);
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at] == '+' ? ' ' : text[at];
      continue;
    }
    const std::string digits(text.substr(at + 1, 2));
    if (digits.size() != 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos) {
      return call.Fail("`" + std::string(text.substr(at, 3)) + "` is no escape");
    }
    out += static_cast<char>(std::stoul(digits, nullptr, 16));
    at += 2;
  }
  if (FindInvalidUtf8(out).has_value()) return call.Fail("the decoded bytes are not UTF-8");
  return call.Return(std::string_view(out));
}

// RFC 4122, version 5. The namespace is a UUID or the name of one of the four that it defines.
Value UuidV5(Call& call) {
  std::string space(call.String(0));
  constexpr std::pair<std::string_view, char> kNames[] = {
      {"dns", '0'}, {"url", '1'}, {"oid", '2'}, {"x500", '4'}};
  for (const auto& [name, digit] : kNames) {
    if (space == name) space = std::string("6ba7b81") + digit + "-9dad-11d1-80b4-00c04fd430c8";
  }
  std::string octets;
  std::erase(space, '-');
  if (space.size() != 32 || space.find_first_not_of("0123456789abcdefABCDEF") != space.npos) {
    return call.Fail("the namespace is not a UUID");
  }
  for (std::size_t i = 0; i < 32; i += 2) {
    octets += static_cast<char>(std::stoul(space.substr(i, 2), nullptr, 16));
  }
  std::string digest = Sha1Of(octets.append(call.String(1))).substr(0, 16);
  digest[6] = static_cast<char>((digest[6] & 0x0F) | 0x50);
  digest[8] = static_cast<char>((digest[8] & 0x3F) | 0x80);
  std::string uuid = Hex(digest);
  for (const std::size_t dash : {20U, 16U, 12U, 8U}) uuid.insert(dash, 1, '-');
  return call.Return(uuid);
}

}  // namespace restorable::terraform
