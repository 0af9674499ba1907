#include <string>

#include "parsed.h"
#include "yaml/decode_scalar.h"

namespace restorable::yaml {
namespace {

struct OffsetCase {
  std::string_view text;    // its scalar is the root, the value of the key "k" or the first item
  std::string_view found;   // part of the decoded text
  std::string_view source;  // what stands at its place in the document
};

void PrintTo(const OffsetCase& c, std::ostream* out) { *out << c.text; }

Value ScalarOf(const Parsed& parsed) {
  Value value = parsed.root();
  while (value.IsMap() || value.IsList())
    value = value.IsMap() ? *value.Find("k") : value.AsList()[0];
  return value;
}

class OffsetTest : public testing::TestWithParam<OffsetCase> {};

TEST_P(OffsetTest, LeadsBackToTheBytes) {
  const Parsed parsed{std::string(GetParam().text)};
  const Value scalar = ScalarOf(parsed);
  const auto begin = static_cast<std::uint32_t>(scalar.AsString().find(GetParam().found));
  const auto end = begin + static_cast<std::uint32_t>(GetParam().found.size());
  ASSERT_LE(end, scalar.AsString().size());
  const OffsetMap offsets = ScalarOffsets(parsed.file, scalar.range());
  EXPECT_EQ(parsed.Text(offsets.ToSource({FileId{0}, begin, end})), GetParam().source);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, OffsetTest,
    testing::Values(OffsetCase{"abc def", "def", "def"}, OffsetCase{"k: a\n  b\n\n  c", "c", "c"},
                    OffsetCase{"k: a\n  b\n\n  c", "a b", "a\n  b"},
                    OffsetCase{"k: 'it''s b'", "s b", "s b"}, OffsetCase{"k: 'it''s'", "it", "it"},
                    OffsetCase{"k: \"a\\tb\\u00e9c\"", "b", "b"},
                    OffsetCase{"k: \"a\\tb\\u00e9c\"", "c", "c"},
                    OffsetCase{"k: \"a\\x41\\U0001F600b\"", "b", "b"},
                    OffsetCase{"k: \"a \\\n   b\"", "b", "b"},
                    OffsetCase{"k: \"a\n\n  b\"", "b", "b"},
                    OffsetCase{"k: |\n  one\n  two\n", "two", "two"},
                    OffsetCase{"k: |\n  one\n    two\n", "  two", "  two"},
                    OffsetCase{"k: |2\n    one\n  two\n", "  one", "  one"},
                    OffsetCase{"k: |-\n\n  one\n\n  two", "two", "two"},
                    OffsetCase{"k: >\n  one\n  two\n", "two", "two"},
                    OffsetCase{"k: >\n  one\n\n  two\n   x\n  y\n", "y", "y"},
                    OffsetCase{"k: | # c\r\n  one\r\n  two\r\n", "two", "two"},
                    OffsetCase{"k: &x !!str |\n  one\n  two\n", "two", "two"},
                    OffsetCase{"k: é\n  ü", "ü", "ü"}, OffsetCase{"- |\n one", "", ""}));

// What Parse gave and the decoder, which works from the range alone, are two readings of one text.
class DecodeTest : public testing::TestWithParam<std::string_view> {};

TEST_P(DecodeTest, AgreesWithTheParser) {
  const Parsed parsed{std::string(GetParam())};
  ASSERT_EQ(parsed.document().state, DocumentState::kParsed) << parsed.Diagnostic();
  const Value scalar = ScalarOf(parsed);
  const DecodedScalar decoded = DecodeScalar(parsed.file.text(), scalar.range());
  ASSERT_EQ(decoded.text, scalar.AsString());
  // A character that no escape and no line break made stands in the source as it is.
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  for (std::uint32_t i = 0; i < decoded.text.size(); ++i) {
    const Range at = decoded.offsets.ToSource({FileId{0}, i, i + 1});
    ASSERT_LE(at.end, parsed.file.text().size());
    const char source = parsed.file.text()[at.begin];
    const bool is_made = source == '\\' || source == '\n' || source == '\r' || !is_ascii(source);
    if (is_made || decoded.text[i] == '\n' || !is_ascii(decoded.text[i])) continue;
    EXPECT_EQ(source, decoded.text[i]) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DecodeTest,
    testing::Values("plain", "k: a b  c # d", "k: a\n  b\n\n\n  c", "k: 'a''b'",
                    "k: 'a  \n  \n  b '",
                    "k: \"a\\n\\\"\\\\\\/\\e\\0\\a\\b\\t\\v\\f\\r\\ \\N\\_\\L\\P\"",
                    "k: \"\\x41\\u20AC\\U0001F600\"", "k: \"a\\\n  b\"", "k: \"a\\\n\n  b\"",
                    "k: \" a \n  \n\n b \"", "k: \"a\\  \n  b\"", "k: ''", "k: \"\"", "k: |\n  a\n",
                    "k: |-\n  a\n\n\n", "k: |+\n  a\n\n\n", "k: |+\n\n", "k: >\n  a\n  b\n\n  c\n",
                    "k: >-\n\n  a\n\n\n  b", "k: >\n  a\n   b\n  c\n", "k: >\n  a\n\n   b\n\n  c\n",
                    "k: >+\n  a\n\n", "k: |#c\n  a\n", "k: |\n  a\n     \n", "k: |1\n   a\n",
                    "k: |2-\n    a\n   b\n", "k:\n  - |1\n   a",
                    "k: |\n\n   \n   a\n  \n   b\n\nj: 1", "--- |\n a\n b\n", "--- >\n a\n b\n",
                    "k: |\r\n  a\r\n\r\n  b\r\n", "k: >\r\n  a\r\n  b\r\n", "k: a\r\n  b",
                    "k: \"a\xE2\x80\xA8"
                    "b\xC2\x85"
                    "c\"",
                    "k: |\n  a\xE2\x80\xA9"
                    "  b\n",
                    "k: >\n  a\t\n  b"));

}  // namespace
}  // namespace restorable::yaml
