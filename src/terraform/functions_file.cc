#include <optional>
#include <string>

#include "base/text.h"
#include "hcl/parse.h"
#include "terraform/evaluate.h"
#include "terraform/functions.h"
#include "terraform/hash.h"

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

// The template with the variables of a map, which are all that it sees.
Value Render(Call& call, const hcl::Source& source, Value variables) {
  if (!variables.IsMap()) return call.Fail("takes a map of variables");
  const hcl::ParseResult parsed = hcl::ParseTemplate(source, call.context.limits);
  if (!parsed.diagnostics.empty()) return call.Fail(Message(parsed.diagnostics[0]));
  std::vector<Scope> scopes;
  scopes.reserve(variables.size());
  for (const MapEntry& entry : variables.AsMap()) {
    const Scope* const outer = scopes.empty() ? nullptr : &scopes.back();
    scopes.push_back({.outer = outer, .name = entry.key.AsString(), .value = entry.value});
  }
  const Value text = ToText(call.context,
                            Evaluate(call.context, parsed.tree, parsed.tree.expression(), nullptr,
                                     scopes.empty() ? nullptr : &scopes.back()),
                            call.range());
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
  return file == nullptr ? Missing(call) : call.Return(Base64(file->text()));
}

Value FileExists(Call& call) { return Open(call) == nullptr ? Missing(call) : call.Return(true); }

Value FileMd5(Call& call) { return Digested(call, Md5Of); }
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
