#include "cel/ip_address.h"

#include <gtest/gtest.h>

#include <string>

namespace restorable::cel {
namespace {

std::string Read(std::string_view text) {
  const auto address = ParseIpAddress(text);
  return address ? address->ToString() : "nothing";
}

TEST(IpAddress, ReadsAndPrintsCanonically) {
  EXPECT_EQ(Read("192.168.0.1"), "192.168.0.1");
  EXPECT_EQ(Read("2001:0DB8:0:0:0:0:0:68"), "2001:db8::68");
  EXPECT_EQ(Read("::"), "::");
  EXPECT_EQ(Read("::1"), "::1");
  EXPECT_EQ(Read("1::"), "1::");
  EXPECT_EQ(Read("1:2:3:4:5:6:7:8"), "1:2:3:4:5:6:7:8");
  EXPECT_EQ(Read("1:0:0:2:0:0:0:3"), "1:0:0:2::3");
  EXPECT_EQ(Read("1:0:0:2:0:0:3:4"), "1::2:0:0:3:4");
  EXPECT_EQ(Read("1:0:2:3:4:5:6:7"), "1:0:2:3:4:5:6:7");
  EXPECT_EQ(Read("1::2:3:4:5:6:7"), "1:0:2:3:4:5:6:7");
  EXPECT_EQ(Read("64:ff9b::10.0.0.1"), "64:ff9b::a00:1");
}

TEST(IpAddress, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "1",
                           "1.2.3",
                           "1.2.3.4.5",
                           "256.1.1.1",
                           "01.2.3.4",
                           "1.2.3.",
                           ".1.2.3",
                           "1..2.3",
                           "1.2.3.a",
                           "1.2.3.-4",
                           " 1.2.3.4",
                           "1.2.3.4 ",
                           "0x1.2.3.4",
                           ":",
                           ":::",
                           "1:::2",
                           "1::2::3",
                           ":1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8::",
                           "::1:2:3:4:5:6:7:8",
                           "12345::",
                           "g::",
                           "1:2:3:4:5:6:7:",
                           "fe80::1%eth0",
                           "::1.2.3",
                           "1.2.3.4::",
                           "::1.2.3.4:5",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "[::1]",
                           "::ffff:192.168.0.1"}) {
    EXPECT_EQ(Read(text), "nothing") << text;
  }
}

TEST(IpAddress, MappedAddressesStandForIpv4) {
  EXPECT_EQ(Read("::ffff:c0a8:1"), "192.168.0.1");
  EXPECT_EQ(ParseIpAddress("::ffff:c0a8:1")->family, 4);
}

TEST(IpAddress, Classes) {
  const auto is = [](std::string_view text, bool (IpAddress::*predicate)() const) {
    return ((*ParseIpAddress(text)).*predicate)();
  };
  for (const char* text : {"127.0.0.1", "127.255.0.1", "::1"}) {
    EXPECT_TRUE(is(text, &IpAddress::IsLoopback)) << text;
    EXPECT_FALSE(is(text, &IpAddress::IsGlobalUnicast)) << text;
  }
  for (const char* text : {"10.0.0.1", "8.8.8.8", "2001:db8::1", "fc00::1", "240.0.0.1"}) {
    EXPECT_TRUE(is(text, &IpAddress::IsGlobalUnicast)) << text;
  }
  for (const char* text :
       {"255.255.255.255", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "169.254.1.1", "fe80::1"}) {
    EXPECT_FALSE(is(text, &IpAddress::IsGlobalUnicast)) << text;
  }
  EXPECT_TRUE(is("224.0.0.251", &IpAddress::IsLinkLocalMulticast));
  EXPECT_FALSE(is("224.0.1.1", &IpAddress::IsLinkLocalMulticast));
  EXPECT_TRUE(is("ff02::fb", &IpAddress::IsLinkLocalMulticast));
  EXPECT_FALSE(is("ff05::fb", &IpAddress::IsLinkLocalMulticast));
  EXPECT_TRUE(is("febf::1", &IpAddress::IsLinkLocalUnicast));
  EXPECT_FALSE(is("fec0::1", &IpAddress::IsLinkLocalUnicast));
  EXPECT_FALSE(is("::2", &IpAddress::IsLoopback));
}

TEST(Cidr, RefusesWhatIsNone) {
  for (const char* text : {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/-1",
                           "10.0.0.0/+1", "10.0.0.0/8/8", "/8", "::/129", "fe80::%a/64",
                           "::ffff:10.0.0.0/104", "::ffff:a00:0/104", "10.0.0/8"}) {
    EXPECT_EQ(ParseCidr(text), std::nullopt) << text;
  }
}

TEST(Cidr, MasksBits) {
  const auto masked = [](std::string_view text) { return ParseCidr(text)->Masked().ToString(); };
  EXPECT_EQ(masked("10.255.255.255/9"), "10.128.0.0/9");
  EXPECT_EQ(masked("10.1.2.3/32"), "10.1.2.3/32");
  EXPECT_EQ(masked("10.1.2.3/0"), "0.0.0.0/0");
  EXPECT_EQ(masked("2001:db8:ffff::1/33"), "2001:db8:8000::/33");
  EXPECT_EQ(masked("::1/128"), "::1/128");
}

TEST(Cidr, Contains) {
  const auto contains = [](std::string_view outer, std::string_view inner) {
    return ParseCidr(outer)->Contains(*ParseCidr(inner));
  };
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.0.0/16"));
  EXPECT_TRUE(contains("10.0.0.0/8", "10.0.0.0/8"));
  EXPECT_TRUE(contains("10.9.9.9/8", "10.0.0.0/8"));
  EXPECT_FALSE(contains("10.0.0.0/8", "10.0.0.0/7"));
  EXPECT_FALSE(contains("0.0.0.0/0", "::/0"));
  EXPECT_TRUE(contains("::/0", "2001:db8::/32"));
  EXPECT_TRUE(ParseCidr("10.0.0.0/8")->Contains(*ParseIpAddress("10.0.0.1")));
  EXPECT_FALSE(ParseCidr("10.0.0.0/8")->Contains(*ParseIpAddress("::1")));
}

}  // namespace
}  // namespace restorable::cel
