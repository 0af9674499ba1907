#include <string>
#include <vector>

#include "parsed.h"

namespace restorable::yaml {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Comments(const Parsed& parsed, std::size_t document = 0) {
  std::vector<std::string> texts;
  for (const Range range : FindComments(parsed.file, parsed.document(document), "ignore")) {
    texts.emplace_back(parsed.Text(range));
  }
  return texts;
}

TEST(FindCommentsTest, FindsThemWhereverTheyStand) {
  const Parsed parsed(
      "# ignore 1\n---\na: 1 # x ignore 2\nb:   # ignore 3\n  c: [1, # ignore 4\n  2]\n"
      "d: | # ignore 5\n  text\n# ignore 6\r\n");
  EXPECT_THAT(Comments(parsed), ElementsAre("# ignore 1", "# x ignore 2", "# ignore 3",
                                            "# ignore 4", "# ignore 5", "# ignore 6"));
}

TEST(FindCommentsTest, FindsNoneWithinScalars) {
  const Parsed parsed(
      "a: 'x # ignore'\nb: \"y\n  # ignore\"\nc: |\n  # ignore\n\n  # ignore\nd: x#ignore\n"
      "ignore: e\n'f # ignore': g\n");
  EXPECT_THAT(Comments(parsed), IsEmpty());
}

TEST(FindCommentsTest, SeesTheCommentBehindAScalarThatLooksLikeOne) {
  EXPECT_THAT(Comments(Parsed("a: 'x # ignore' # ignore 2")), ElementsAre("# ignore 2"));
  EXPECT_THAT(Comments(Parsed("ignore: 'x' # ignore 2")), ElementsAre("# ignore 2"));
}

TEST(FindCommentsTest, KeepsToItsDocument) {
  const Parsed parsed("a: 1 # ignore 1\n---\nb: 2 # ignore 2\n");
  EXPECT_THAT(Comments(parsed, 0), ElementsAre("# ignore 1"));
  EXPECT_THAT(Comments(parsed, 1), ElementsAre("# ignore 2"));
}

TEST(FindCommentsTest, WorksInTemplatesAndBrokenDocuments) {
  EXPECT_THAT(Comments(Parsed("a: {{ b }} # ignore 1\n# ignore 2\n{{ if x }}\nc: d\n{{ end }}\n")),
              ElementsAre("# ignore 1", "# ignore 2"));
  EXPECT_THAT(Comments(Parsed("a: [1 # ignore 1\nb: 2\n")), ElementsAre("# ignore 1"));
}

TEST(FindCommentsTest, SeesAliasedTextWhereItStands) {
  EXPECT_THAT(Comments(Parsed("a: &x 'q # ignore'\nb: *x # ignore 2\n")),
              ElementsAre("# ignore 2"));
}

}  // namespace
}  // namespace restorable::yaml
