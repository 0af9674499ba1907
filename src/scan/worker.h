#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "code/language.h"
#include "policy/finding.h"
#include "policy/session.h"
#include "policy/suppression.h"
#include "resource/resource.h"
#include "scan/discover.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::scan {

// What one input leaves behind. The source is there while something points into it.
struct FileResult {
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<Arena> arena;  // of the values of `kept`
  std::vector<Resource> kept;    // for the checks that see the whole deployment
  std::vector<policy::Finding> findings;
  std::vector<Diagnostic> diagnostics;
  std::vector<policy::SuppressionComment> suppressions;
  bool was_read = false;
  const code::LanguageRow* language = nullptr;  // of a file in JSON that is code
  std::size_t documents = 0;
  std::size_t resources = 0;
  std::map<std::string, std::size_t> skipped_documents;  // by reason
};

// An input and its number.
struct NumberedFile {
  FileId id = FileId::kNone;
  const InputFile* file = nullptr;
};

// One thread of a scan: reads inputs and runs the checks that look at one object. Its memory is
// used again for the next input unless something of this one must be kept.
class Worker {
 public:
  struct Context {
    policy::Session::Context policy;
    OriginTable* origins = nullptr;
    bool rendered = false;  // templates of charts were rendered: they are not read themselves
  };

  explicit Worker(const Context& context);

  [[nodiscard]] FileResult Read(const NumberedFile& input);
  // The same for a text that is there already.
  [[nodiscard]] FileResult ReadText(const NumberedFile& input, std::string bytes);

  [[nodiscard]] policy::Session& session() { return session_; }

 private:
  void ReadYaml(const InputFile& file, FileResult& result);
  void ReadJson(const InputFile& file, FileResult& result);
  void TakeDocument(const InputFile& file, const yaml::Document& document, FileResult& result);
  void Evaluate(std::vector<Resource> resources, FileResult& result);

  const Context& context_;
  policy::Session session_;
  std::unique_ptr<Arena> arena_;
};

}  // namespace restorable::scan
