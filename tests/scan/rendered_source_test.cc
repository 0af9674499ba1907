#include "scan/rendered_source.h"

namespace restorable::scan {
namespace {

constexpr std::string_view kTemplate =
    "apiVersion: storage.k8s.io/v1\n"
    "kind: StorageClass\n"
    "metadata:\n"
    "  name: {{ .Values.name }}\n"
    "parameters:\n"
    "  skuName: {{ .Values.sku | quote }}\n"
    "  kind: Managed\n";

constexpr std::string_view kRendered =
    "---\n"
    "# Source: storage/templates/class.yaml\n"
    "apiVersion: storage.k8s.io/v1\n"
    "kind: StorageClass\n"
    "metadata:\n"
    "  name: fast\n"
    "parameters:\n"
    "  skuName: \"UltraSSD_LRS\"\n"
    "  kind: Managed\n";

class FindRenderedLineTest : public testing::Test {
 protected:
  std::string Found(std::string_view rendered_text) {
    const auto offset = static_cast<std::uint32_t>(kRendered.find(rendered_text));
    const auto range = FindRenderedLine(rendered_, offset, template_);
    return range ? std::string(template_.Text(*range)) : "nothing";
  }

  SourceFile rendered_{FileId{0}, "rendered", std::string(kRendered)};
  SourceFile template_{FileId{1}, "templates/class.yaml", std::string(kTemplate)};
};

TEST_F(FindRenderedLineTest, FindsALineWithTheSameText) {
  EXPECT_EQ(Found("kind: StorageClass"), "kind: StorageClass");
  EXPECT_EQ(Found("kind: Managed"), "kind: Managed");
}

TEST_F(FindRenderedLineTest, FindsALineWithTheSameKey) {
  EXPECT_EQ(Found("UltraSSD_LRS"), "skuName: {{ .Values.sku | quote }}");
  EXPECT_EQ(Found("fast"), "name: {{ .Values.name }}");
}

TEST_F(FindRenderedLineTest, DoesNotGuess) {
  const SourceFile twice(FileId{1}, "t", "a:\n  sku: {{ .x }}\nb:\n  sku: {{ .y }}\n");
  const SourceFile rendered(FileId{0}, "r", "a:\n  sku: one\n");
  EXPECT_EQ(FindRenderedLine(rendered, 6, twice), std::nullopt);
}

TEST(TemplateName, ReadsWhatHelmSays) {
  const auto offset = static_cast<std::uint32_t>(kRendered.find("skuName"));
  EXPECT_EQ(TemplateName(kRendered, offset), "storage/templates/class.yaml");
  EXPECT_EQ(TemplateName("kind: Pod\n", 3), "");
  EXPECT_EQ(TemplateName("x: '# Source: a.yaml'\n", 20), "");
}

}  // namespace
}  // namespace restorable::scan
