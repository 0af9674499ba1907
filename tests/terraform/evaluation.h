#pragma once

#include <string>
#include <string_view>

#include "base/source.h"
#include "hcl/parse.h"
#include "terraform/evaluate.h"
#include "value/json.h"

namespace restorable::terraform {

// Evaluates texts that are one expression each, and keeps what their values point to.
class Evaluation {
 public:
  explicit Evaluation(const Limits& limits = {}) : limits_(limits) {}

  Value Of(std::string text, Names* names = nullptr) {
    files_.push_back(std::make_unique<SourceFile>(FileId{0}, "main.tf", std::move(text)));
    const SourceFile& file = *files_.back();
    parsed_.push_back(hcl::ParseExpression({.text = file.text(), .file = file.id()}, limits_));
    EXPECT_THAT(parsed_.back().diagnostics, testing::IsEmpty()) << file.text();
    return Evaluate(context_, parsed_.back().tree, parsed_.back().tree.expression(), names);
  }
  std::string Json(std::string text, Names* names = nullptr) {
    return ToJson(Of(std::move(text), names));
  }
  [[nodiscard]] Context& context() { return context_; }

 private:
  Limits limits_;
  Arena arena_;
  OriginTable origins_;
  Context context_{arena_, origins_, limits_};
  std::vector<std::unique_ptr<SourceFile>> files_;
  std::vector<hcl::ParseResult> parsed_;
};

}  // namespace restorable::terraform
