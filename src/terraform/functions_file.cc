#include <re2/re2.h>

#include <optional>
#include <string>
#include <vector>

#include "base/base64.h"
#include "base/text.h"
#include "hcl/parse.h"
#include "terraform/evaluate.h"
#include "terraform/functions.h"
#include "terraform/hash.h"
#include "terraform/operators.h"

namespace restorable::terraform {
namespace {

// The file that the first argument names, if it may be read.
const SourceFile* Open(Call& call) {
  if (call.context.files == nullptr) return nullptr;
  const std::optional<std::string> path = JoinPath(call.context.directory, call.String(0));
  return path.has_value() ? call.context.files->read(*path) : nullptr;
}

Value Missing(Call& call) {
  return call.context.Unknown(UnknownReason::kFileMissing, call.String(0), call.range());
}

template <typename Digest>
Value Digested(Call& call, Digest digest) {
  const SourceFile* const file = Open(call);
  return file == nullptr ? Missing(call) : call.Return(Hex(digest(file->text())));
}

// A pattern for file names as a regular expression.
std::string GlobPattern(std::string_view glob) {
  std::string out;
  int braces = 0;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    const std::size_t close = c == '[' ? glob.find(']', i + 2) : glob.npos;
    if (c == '*') {
      out += ".*";
    } else if (c == '?') {
      out += '.';
    } else if (close != glob.npos) {
      const bool negated = glob[i + 1] == '!' || glob[i + 1] == '^';
      const std::size_t begin = i + (negated ? 2 : 1);
      out += negated ? "[^" : "[";
      out.append(glob.substr(begin, close - begin)).append("]");
      i = close;
    } else if (c == '{') {
      out += "(?:";
      ++braces;
    } else if (c == '}' && braces > 0) {
      out += ')';
      --braces;
    } else if (c == ',' && braces > 0) {
      out += '|';
    } else {
      if (c == '\\' && i + 1 < glob.size()) ++i;
      out += re2::RE2::QuoteMeta(re2::StringPiece(&glob[i], 1));
    }
  }
  return out;
}

// The template with the variables of a map, which are all that it sees.
Value Render(Call& call, const hcl::Source& source, Value variables) {
  if (!variables.IsMap()) return call.Fail("takes a map of variables");
  if (call.context.in_template) return call.Fail("cannot be called from within a template");
  if (!call.context.SpendParsing(source.text.size())) {
    return call.context.Limit("evaluation_steps", call.range());
  }
  const hcl::ParseResult parsed = hcl::ParseTemplate(source, call.context.limits);
  if (!parsed.diagnostics.empty()) return call.Fail(Message(parsed.diagnostics[0]));
  std::vector<Scope> scopes;
  scopes.reserve(variables.size());
  for (const MapEntry& entry : variables.AsMap()) {
    const Scope* const outer = scopes.empty() ? nullptr : &scopes.back();
    scopes.push_back({.outer = outer, .name = entry.key.AsString(), .value = entry.value});
  }
  call.context.in_template = true;
  const Value result = Evaluate(call.context, parsed.tree, parsed.tree.expression(), nullptr,
                                scopes.empty() ? nullptr : &scopes.back());
  call.context.in_template = false;
  const Value text = ToText(call.context, result, call.range());
  // Text of the template may lie in its tree, which ends here.
  return text.IsString() ? call.Return(text.AsString()) : text.At(call.range());
}

}  // namespace

Value File(Call& call) {
  const SourceFile* const file = Open(call);
  if (file == nullptr) return Missing(call);
  if (FindInvalidUtf8(file->text()).has_value()) return call.Fail("the file is not UTF-8");
  return call.Return(file->text());
}

Value FileBase64(Call& call) {
  const SourceFile* const file = Open(call);
  return file == nullptr ? Missing(call) : call.Return(EncodeBase64(file->text()));
}

Value FileExists(Call& call) { return Open(call) == nullptr ? Missing(call) : call.Return(true); }

Value FileMd5(Call& call) { return Digested(call, Md5Of); }
Value FileBase64Sha256(Call& call) {
  const SourceFile* const file = Open(call);
  return file == nullptr ? Missing(call) : call.Return(EncodeBase64(Sha256Of(file->text())));
}

Value FileBase64Sha512(Call& call) {
  const SourceFile* const file = Open(call);
  return file == nullptr ? Missing(call) : call.Return(EncodeBase64(Sha512Of(file->text())));
}

// The names in one directory that a pattern covers. One that goes through several is unknown: only
// the files of a directory can be asked for.
Value FileSet(Call& call) {
  const std::string_view pattern = call.String(1);
  const std::size_t slash = pattern.rfind('/');
  const std::string_view inner = slash == pattern.npos ? "" : pattern.substr(0, slash + 1);
  const std::string_view name = pattern.substr(inner.size());
  const auto path = JoinPath(call.context.directory, call.String(0));
  const auto directory = path.has_value() ? JoinPath(*path, inner) : std::nullopt;
  const bool several = inner.find_first_of("*?[{\\") != inner.npos || name.find("**") != name.npos;
  if (several || !directory.has_value() || call.context.files == nullptr) {
    return call.Unknown(UnknownReason::kEnvironment);
  }
  const auto names = call.context.files->list(*directory);
  if (!names.has_value()) return call.Unknown(UnknownReason::kFileMissing);
  const re2::RE2 regex(GlobPattern(name), re2::RE2::Quiet);
  if (!regex.ok()) return call.Fail("`" + std::string(pattern) + "` is no pattern");
  std::vector<Value> found;
  for (const std::string& file : *names) {
    if (!call.context.Spend(1)) return call.context.Limit("evaluation_steps", call.range());
    if (!re2::RE2::FullMatch(file, regex)) continue;
    found.push_back(call.Return(std::string_view(std::string(inner) + file)));
  }
  return call.Return(MakeSet(call.context, found));
}

Value FileSha1(Call& call) { return Digested(call, Sha1Of); }
Value FileSha256(Call& call) { return Digested(call, Sha256Of); }
Value FileSha512(Call& call) { return Digested(call, Sha512Of); }

Value TemplateFile(Call& call) {
  const SourceFile* const file = Open(call);
  if (file == nullptr) return Missing(call);
  return Render(call, {.text = file->text(), .file = file->id()}, call[1]);
}

Value TemplateString(Call& call) {
  return Render(call, {.text = call.String(0), .file = FileId::kNone}, call[1]);
}

}  // namespace restorable::terraform
