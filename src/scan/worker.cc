#include "scan/worker.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/encoding.h"
#include "json/parse.h"
#include "kubernetes/read.h"
#include "scan/read.h"
#include "yaml/diagnostics.h"

namespace restorable::scan {
namespace {

template <typename T>
void Append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Only kustomize can tell what a patch makes of an object: nothing it says is certain to come to
// be.
void MakeConditional(std::vector<Resource>& resources, Arena& arena) {
  for (Resource& resource : resources) {
    resource.presence = Presence::kConditional;
    resource.condition = Value::Unknown(
        arena, {.reason = UnknownReason::kTemplate, .what = "what the patch is for", .range = {}});
  }
}

}  // namespace

Worker::Worker(const Context& context)
    : context_(context), session_(context.policy), arena_(std::make_unique<Arena>()) {}

FileResult Worker::Read(const NumberedFile& input) {
  Result<std::string> bytes = ReadInput(*input.file, context_.policy.limits);
  if (bytes) return ReadText(input, std::move(*bytes));
  FileResult result;
  result.diagnostics.push_back(std::move(bytes.error()));
  return result;
}

FileResult Worker::ReadText(const NumberedFile& input, std::string bytes) {
  FileResult result;
  result.was_read = true;
  Result<std::string> text = DecodeText(std::move(bytes));
  if (!text) {
    result.diagnostics.push_back(std::move(text.error()));
    return result;
  }
  result.source = std::make_unique<SourceFile>(input.id, input.file->path, std::move(*text));
  switch (input.file->format) {
    case Format::kJson:
      ReadJson(*input.file, result);
      break;
    case Format::kYaml:
      ReadYaml(*input.file, result);
      break;
    case Format::kCode:  // is read with the files around it
      ++result.documents;
      return result;
  }
  result.findings = session_.TakeFindings();
  Append(result.diagnostics, session_.TakeDiagnostics());
  if (result.kept.empty()) {
    arena_->Reset();
  } else {
    result.arena = std::exchange(arena_, std::make_unique<Arena>());
  }
  const bool is_mentioned = result.language != nullptr || !result.kept.empty() ||
                            !result.findings.empty() || !result.diagnostics.empty() ||
                            !result.suppressions.empty();
  if (!is_mentioned) result.source.reset();
  return result;
}

void Worker::ReadYaml(const InputFile& file, FileResult& result) {
  yaml::Options options;
  options.drop_null_entries = true;
  options.in_chart_templates = file.in_chart_templates;
  yaml::Stream stream =
      yaml::Parse(*result.source, *arena_, *context_.origins, context_.policy.limits, options);
  std::vector<Range> others;
  for (const yaml::Document& document : stream.documents) {
    const std::size_t resources = result.resources;
    ++result.documents;
    const bool is_template = document.state == yaml::DocumentState::kTemplate;
    if (is_template && context_.rendered && file.in_chart_templates) {
      ++result.skipped_documents["template, checked as it is rendered"];
    } else {
      TakeDocument(file, document, result);
    }
    if (result.resources == resources) others.push_back(document.range);
  }
  // Whether `on` is true is the business of whoever reads the document.
  std::erase_if(stream.diagnostics, [&](const Diagnostic& diagnostic) {
    return diagnostic.kind == &yaml::kBoolKey &&
           std::ranges::any_of(others, [&](Range r) { return r.Contains(diagnostic.range); });
  });
  Append(result.diagnostics, std::move(stream.diagnostics));
}

void Worker::ReadJson(const InputFile& file, FileResult& result) {
  json::Options options;
  // As YAML, which kubectl takes JSON for, and as editors write their settings.
  options.comments = true;
  options.trailing_commas = true;
  options.drop_null_entries = true;
  json::ParseResult parsed = json::Parse(*result.source, *arena_, context_.policy.limits, options);
  result.language = code::FindLanguage(*result.source, parsed, *arena_, context_.policy.limits);
  if (result.language != nullptr) {
    ++result.documents;
    return;
  }
  Append(result.diagnostics, std::move(parsed.diagnostics));
  yaml::Document document;
  document.range = result.source->WholeRange();
  document.root = parsed.root;
  if (!parsed.ok) document.state = yaml::DocumentState::kBroken;
  ++result.documents;
  TakeDocument(file, document, result);
}

void Worker::TakeDocument(const InputFile& file, const yaml::Document& document,
                          FileResult& result) {
  if (document.state == yaml::DocumentState::kBroken) {
    ++result.skipped_documents["cannot be read"];
    return;
  }
  kubernetes::ReadResult objects = kubernetes::Read(document, *arena_);
  Append(result.diagnostics, std::move(objects.diagnostics));
  for (const kubernetes::Skipped& skipped : objects.skipped) {
    ++result.skipped_documents[std::string(skipped.reason)];
  }
  if (objects.resources.empty()) return;
  Append(result.suppressions, policy::FindSuppressions(*result.source, document,
                                                       *context_.policy.rules, result.diagnostics));
  if (file.is_patch) MakeConditional(objects.resources, *arena_);
  Evaluate(std::move(objects.resources), result);
}

void Worker::Evaluate(std::vector<Resource> resources, FileResult& result) {
  session_.EvaluateAll(std::move(resources), *arena_, [&](const Resource& resource, bool kept) {
    ++result.resources;
    if (kept) result.kept.push_back(resource);
  });
}

}  // namespace restorable::scan
