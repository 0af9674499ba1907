#include "yaml/parse.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "yaml/build.h"
#include "yaml/characters.h"
#include "yaml/diagnostics.h"
#include "yaml/mask.h"
#include "yaml/split.h"

namespace restorable::yaml {
namespace {

class StreamParser {
 public:
  StreamParser(const BuildContext& context, Stream& stream)
      : context_(context), text_(context.file.text()), stream_(stream) {}

  void Run() {
    const Limits& limits = context_.limits;
    if (text_.size() > limits.file_bytes) {
      return Report(kFileTooLarge, {context_.file.id(), 0, 0}, std::to_string(limits.file_bytes));
    }
    for (const Segment& segment : Split(context_.file, limits.documents, stream_.diagnostics)) {
      if (stream_.documents.size() == limits.documents) {
        return Report(kTooManyDocuments, FirstLine(segment.range.begin),
                      std::to_string(limits.documents));
      }
      Read(segment);
    }
  }

 private:
  void Report(const DiagnosticKind& kind, Range range, std::string argument) {
    stream_.diagnostics.push_back({&kind, range, {std::move(argument)}, {}});
  }

  Range FirstLine(std::uint32_t begin) const {
    return {context_.file.id(), begin, static_cast<std::uint32_t>(LineEnd(text_, begin))};
  }

  void Read(const Segment& segment) {
    Document document;
    document.range = segment.range;
    if (!CheckDirectives(segment) || !CheckEncoding(segment.range)) {
      document.state = DocumentState::kBroken;
      stream_.documents.push_back(std::move(document));
    } else if (segment.is_empty) {
      const std::uint32_t end = segment.content + 3;
      document.root = Value::Null().At({segment.range.file, end, end});
      stream_.documents.push_back(std::move(document));
    } else {
      ReadContent(segment, std::move(document));
    }
  }

  // Their number is bounded before libyaml sees them: it compares each with every other.
  bool CheckDirectives(const Segment& segment) {
    if (segment.directives == 0) return true;
    std::uint32_t count = 0;
    for (std::size_t at = segment.range.begin; at < segment.content;) {
      const Range line = FirstLine(static_cast<std::uint32_t>(at));
      const std::string_view text = context_.file.Text(line);
      if (text.starts_with('%') && ++count > context_.limits.directives) {
        Report(kTooManyDirectives, line, std::to_string(context_.limits.directives));
        return false;
      }
      if (text.starts_with("%YAML") && text.find("1.1") == std::string_view::npos) {
        Report(kVersionDirective, line, std::string(TruncateUtf8(text, kExcerpt)));
      }
      at = line.end + std::max(BreakLength(text_, line.end), 1U);
    }
    return true;
  }

  bool CheckEncoding(Range range) {
    const std::optional<std::size_t> bad = FindInvalidUtf8(context_.file.Text(range));
    if (!bad) return true;
    const std::uint32_t at = range.begin + static_cast<std::uint32_t>(*bad);
    Report(kInvalidUtf8, {range.file, at, at + 1}, std::to_string(at));
    return false;
  }

  void ReadContent(const Segment& segment, Document document) {
    const bool has_actions = HasActions(context_.file.Text(segment.range));
    if (!has_actions || !context_.options.in_chart_templates) {
      BuildResult result = Build(context_, segment.range, nullptr);
      if (result.ok || !has_actions) {
        if (!result.ok) document.state = DocumentState::kBroken;
        return Adopt(std::move(result), std::move(document));
      }
    }
    ReadTemplate(segment, std::move(document));
  }

  void ReadTemplate(const Segment& segment, Document document) {
    if (!mask_) mask_.emplace(context_.file.id(), text_);
    BuildResult result = Build(context_, segment.range, &*mask_);
    if (result.ok) {
      // Between two documents, `{{ end }}` may stand alone.
      if (result.is_empty && !segment.has_marker) return;
      document.state = DocumentState::kTemplate;
      AddBlocks(result.root.range(), document);
      return Adopt(std::move(result), std::move(document));
    }
    document.state = DocumentState::kBroken;
    stream_.diagnostics.push_back(
        {&kTemplateNotChecked,
         FirstAction(segment.range),
         {},
         {{result.diagnostics.back().range, "no YAML here, even without the actions"}}});
    stream_.documents.push_back(std::move(document));
  }

  Range FirstAction(Range range) const {
    const Action* const action = mask_->FindOverlapping(range);
    return action == nullptr ? FirstLine(range.begin) : action->range;
  }

  void Adopt(BuildResult result, Document document) {
    document.root = result.root;
    std::move(result.diagnostics.begin(), result.diagnostics.end(),
              std::back_inserter(stream_.diagnostics));
    stream_.documents.push_back(std::move(document));
  }

  // Blocks may begin in one document and end in a later one.
  void AddBlocks(Range root, Document& document) {
    const std::span<const Range> blocks = mask_->blocks();
    while (next_block_ < blocks.size() && blocks[next_block_].begin < document.range.end) {
      open_blocks_.push_back(blocks[next_block_++]);
    }
    std::erase_if(open_blocks_,
                  [&](const Range& block) { return block.end <= document.range.begin; });
    for (const Range& block : open_blocks_) {
      if (block.begin <= root.begin && root.end <= block.end) {
        document.is_conditional = true;
        continue;
      }
      const Range within{block.file, std::max(block.begin, document.range.begin),
                         std::min(block.end, document.range.end)};
      auto& conditional = document.conditional;
      if (conditional.empty() || !conditional.back().Contains(within)) {
        conditional.push_back(within);
      }
    }
  }

  static constexpr std::size_t kExcerpt = 40;

  const BuildContext& context_;
  std::string_view text_;  // of the file
  Stream& stream_;
  std::optional<Mask> mask_;  // of the whole file, made when it is needed
  std::size_t next_block_ = 0;
  std::vector<Range> open_blocks_;  // those that may reach into the next document
};

}  // namespace

Stream Parse(const SourceFile& file, Arena& arena, OriginTable& origins, const Limits& limits,
             const Options& options) {
  Stream stream;
  const BuildContext context{file, arena, origins, limits, options};
  StreamParser(context, stream).Run();
  return stream;
}

}  // namespace restorable::yaml
