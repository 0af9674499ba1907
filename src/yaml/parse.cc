#include "yaml/parse.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "yaml/build.h"
#include "yaml/diagnostics.h"
#include "yaml/mask.h"
#include "yaml/split.h"

namespace restorable::yaml {
namespace {

std::string_view FirstLine(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

class StreamParser {
public:
  StreamParser(const BuildContext &context, Stream &stream)
      : context_(context), stream_(stream) {}

  void Run() {
    const std::string_view text = context_.file.text();
    for (const Range segment : Split(context_.file, stream_.diagnostics)) {
      Document document;
      document.range = segment;
      const bool has_actions =
          HasActions(text.substr(segment.begin, segment.size()));
      if (!CheckDirectives(segment)) {
        document.state = DocumentState::kBroken;
      } else if (!has_actions || !context_.options.in_chart_templates) {
        ReadPlain(document, has_actions);
      } else {
        ReadTemplate(document);
      }
      stream_.documents.push_back(std::move(document));
    }
  }

private:
  // libyaml compares every directive with every other: their number is bounded
  // before it sees them.
  bool CheckDirectives(Range segment) {
    const std::string_view text =
        context_.file.text().substr(segment.begin, segment.size());
    std::uint32_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::string_view line = FirstLine(text.substr(at));
      const auto begin = segment.begin + static_cast<std::uint32_t>(at);
      const Range range{segment.file, begin,
                        begin + static_cast<std::uint32_t>(line.size())};
      if (line.starts_with('%')) {
        if (++count > context_.limits.directives) {
          Report(kTooManyDirectives, range,
                 {std::to_string(context_.limits.directives)});
          return false;
        }
        if (line.starts_with("%YAML") && line.find("1.1") == line.npos) {
          Report(kVersionDirective, range, {std::string(line)});
        }
      } else if (!line.empty() && !line.starts_with('#')) {
        break;
      }
      const std::size_t newline = text.find('\n', at);
      at = newline == text.npos ? text.size() : newline + 1;
    }
    return true;
  }

  void Report(const DiagnosticKind &kind, Range range,
              std::vector<std::string> args) {
    stream_.diagnostics.push_back({&kind, range, std::move(args), {}});
  }

  void Adopt(BuildResult &&result, Document &document) {
    document.root = result.root;
    std::move(result.diagnostics.begin(), result.diagnostics.end(),
              std::back_inserter(stream_.diagnostics));
  }

  void ReadPlain(Document &document, bool has_actions) {
    BuildResult result = Build(context_, document.range, nullptr);
    if (!result.ok && has_actions)
      return ReadTemplate(document);
    if (!result.ok)
      document.state = DocumentState::kBroken;
    Adopt(std::move(result), document);
  }

  void ReadTemplate(Document &document) {
    if (!mask_)
      mask_ = Mask(context_.file.id(), context_.file.text());
    BuildResult result = Build(context_, document.range, &*mask_);
    document.state =
        result.ok ? DocumentState::kTemplate : DocumentState::kBroken;
    if (!result.ok) {
      const auto line = static_cast<std::uint32_t>(
          FirstLine(context_.file.Text(document.range)).size());
      Report(kTemplateNotChecked,
             {document.range.file, document.range.begin,
              document.range.begin + line},
             {});
      return;
    }
    std::copy_if(mask_->conditional.begin(), mask_->conditional.end(),
                 std::back_inserter(document.conditional), [&](Range range) {
                   return range.begin < document.range.end &&
                          document.range.begin < range.end;
                 });
    Adopt(std::move(result), document);
  }

  const BuildContext &context_;
  Stream &stream_;
  std::optional<MaskedText>
      mask_; // of the whole file: actions go across documents
};

} // namespace

Stream Parse(const SourceFile &file, Arena &arena, OriginTable &origins,
             const Limits &limits, const Options &options) {
  Stream stream;
  const BuildContext context{file, arena, origins, limits, options};
  StreamParser(context, stream).Run();
  return stream;
}

} // namespace restorable::yaml
