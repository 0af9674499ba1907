#include "terraform/hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

namespace restorable::terraform {
namespace {

// clang-format off
// The first bits of the fractions of the square roots of the first primes, and of their cube roots.
constexpr std::array<std::uint32_t, 8> kStart256 = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB,
    0x5BE0CD19,
};
constexpr std::array<std::uint32_t, 64> kRound256 = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4,
    0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE,
    0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F,
    0x4A7484AA, 0x5CB0A9DC, 0x76F988DA, 0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7,
    0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC,
    0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B,
    0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070, 0x19A4C116,
    0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7,
    0xC67178F2,
};
constexpr std::array<std::uint64_t, 8> kStart512 = {
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
};
constexpr std::array<std::uint64_t, 80> kRound512 = {
    0x428A2F98D728AE22, 0x7137449123EF65CD, 0xB5C0FBCFEC4D3B2F, 0xE9B5DBA58189DBBC,
    0x3956C25BF348B538, 0x59F111F1B605D019, 0x923F82A4AF194F9B, 0xAB1C5ED5DA6D8118,
    0xD807AA98A3030242, 0x12835B0145706FBE, 0x243185BE4EE4B28C, 0x550C7DC3D5FFB4E2,
    0x72BE5D74F27B896F, 0x80DEB1FE3B1696B1, 0x9BDC06A725C71235, 0xC19BF174CF692694,
    0xE49B69C19EF14AD2, 0xEFBE4786384F25E3, 0x0FC19DC68B8CD5B5, 0x240CA1CC77AC9C65,
    0x2DE92C6F592B0275, 0x4A7484AA6EA6E483, 0x5CB0A9DCBD41FBD4, 0x76F988DA831153B5,
    0x983E5152EE66DFAB, 0xA831C66D2DB43210, 0xB00327C898FB213F, 0xBF597FC7BEEF0EE4,
    0xC6E00BF33DA88FC2, 0xD5A79147930AA725, 0x06CA6351E003826F, 0x142929670A0E6E70,
    0x27B70A8546D22FFC, 0x2E1B21385C26C926, 0x4D2C6DFC5AC42AED, 0x53380D139D95B3DF,
    0x650A73548BAF63DE, 0x766A0ABB3C77B2A8, 0x81C2C92E47EDAEE6, 0x92722C851482353B,
    0xA2BFE8A14CF10364, 0xA81A664BBC423001, 0xC24B8B70D0F89791, 0xC76C51A30654BE30,
    0xD192E819D6EF5218, 0xD69906245565A910, 0xF40E35855771202A, 0x106AA07032BBD1B8,
    0x19A4C116B8D2D0C8, 0x1E376C085141AB53, 0x2748774CDF8EEB99, 0x34B0BCB5E19B48A8,
    0x391C0CB3C5C95A63, 0x4ED8AA4AE3418ACB, 0x5B9CCA4F7763E373, 0x682E6FF3D6B2B8A3,
    0x748F82EE5DEFB2FC, 0x78A5636F43172F60, 0x84C87814A1F0AB72, 0x8CC702081A6439EC,
    0x90BEFFFA23631E28, 0xA4506CEBDE82BDE9, 0xBEF9A3F7B2C67915, 0xC67178F2E372532B,
    0xCA273ECEEA26619C, 0xD186B8C721C0C207, 0xEADA7DD6CDE0EB1E, 0xF57D4F7FEE6ED178,
    0x06F067AA72176FBA, 0x0A637DC5A2C898A6, 0x113F9804BEF90DAE, 0x1B710B35131C471B,
    0x28DB77F523047D84, 0x32CAAB7B40C72493, 0x3C9EBE0A15C9BEBC, 0x431D67C49C100D4C,
    0x4CC5D4BECB3E42B6, 0x597F299CFC657E2A, 0x5FCB6FAB3AD6FAEC, 0x6C44198C4A475817,
};
// The whole part of 2^32 times the sine of 1, 2, 3, ...
constexpr std::array<std::uint32_t, 64> kRoundMd5 = {
    0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613,
    0xFD469501, 0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193,
    0xA679438E, 0x49B40821, 0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D,
    0x02441453, 0xD8A1E681, 0xE7D3FBC8, 0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED,
    0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A, 0xFFFA3942, 0x8771F681, 0x6D9D6122,
    0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70, 0x289B7EC6, 0xEAA127FA,
    0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665, 0xF4292244,
    0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
    0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB,
    0xEB86D391,
};
constexpr std::array<std::array<int, 4>, 4> kShiftsMd5 = {{
    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21},
}};
// clang-format on

enum class Order { kBig, kLittle };

template <typename Word>
Word Load(const char* bytes, Order order) {
  Word word = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) {
    const std::size_t place = order == Order::kBig ? sizeof(Word) - 1 - i : i;
    word |= static_cast<Word>(static_cast<unsigned char>(bytes[i])) << (8 * place);
  }
  return word;
}

template <typename Word>
void Store(std::string& out, Word word, Order order) {
  for (std::size_t i = 0; i < sizeof(Word); ++i) {
    const std::size_t place = order == Order::kBig ? sizeof(Word) - 1 - i : i;
    out += static_cast<char>(word >> (8 * place));
  }
}

// The text with the padding of the Merkle-Damgard construction: a bit, zeros, the length in bits.
std::string Padded(std::string_view text, std::size_t block, std::size_t length_bytes,
                   Order order) {
  std::string padded(text);
  padded += static_cast<char>(0x80);
  while (padded.size() % block != block - length_bytes) padded += '\0';
  padded.append(length_bytes - 8, '\0');
  Store(padded, std::uint64_t{text.size()} * 8, order);
  return padded;
}

// What SHA-256 and SHA-512 differ in beside the constants.
struct Rotations {
  std::array<int, 3> sum0, sum1;
  std::array<int, 2> sigma0, sigma1;
  int shift0, shift1;
};
constexpr Rotations kRotations256{{2, 13, 22}, {6, 11, 25}, {7, 18}, {17, 19}, 3, 10};
constexpr Rotations kRotations512{{28, 34, 39}, {14, 18, 41}, {1, 8}, {19, 61}, 7, 6};

template <typename Word, std::size_t kRounds>
std::string Sha2(std::string_view text, std::array<Word, 8> state,
                 const std::array<Word, kRounds>& constants, const Rotations& by) {
  const auto sum = [](Word x, const std::array<int, 3>& r) {
    return std::rotr(x, r[0]) ^ std::rotr(x, r[1]) ^ std::rotr(x, r[2]);
  };
  const std::string padded = Padded(text, 16 * sizeof(Word), 2 * sizeof(Word), Order::kBig);
  for (std::size_t block = 0; block < padded.size(); block += 16 * sizeof(Word)) {
    std::array<Word, kRounds> w{};
    for (std::size_t i = 0; i < kRounds; ++i) {
      if (i < 16) {
        w[i] = Load<Word>(padded.data() + block + i * sizeof(Word), Order::kBig);
        continue;
      }
      const Word a = w[i - 15];
      const Word b = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] +
             (std::rotr(a, by.sigma0[0]) ^ std::rotr(a, by.sigma0[1]) ^ (a >> by.shift0)) +
             (std::rotr(b, by.sigma1[0]) ^ std::rotr(b, by.sigma1[1]) ^ (b >> by.shift1));
    }
    std::array<Word, 8> s = state;
    for (std::size_t i = 0; i < kRounds; ++i) {
      const Word choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
      const Word majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
      const Word t1 = s[7] + sum(s[4], by.sum1) + choice + constants[i] + w[i];
      const Word t2 = sum(s[0], by.sum0) + majority;
      s = {t1 + t2, s[0], s[1], s[2], s[3] + t1, s[4], s[5], s[6]};
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] += s[i];
  }
  std::string digest;
  for (const Word word : state) Store(digest, word, Order::kBig);
  return digest;
}

}  // namespace

std::string Md5Of(std::string_view text) {
  std::array<std::uint32_t, 4> state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
  const std::string padded = Padded(text, 64, 8, Order::kLittle);
  for (std::size_t block = 0; block < padded.size(); block += 64) {
    auto [a, b, c, d] = state;
    for (std::size_t i = 0; i < 64; ++i) {
      std::uint32_t mixed = 0;
      std::size_t word = i;
      switch (i / 16) {
        case 0:
          mixed = (b & c) | (~b & d);
          break;
        case 1:
          mixed = (d & b) | (~d & c);
          word = (5 * i + 1) % 16;
          break;
        case 2:
          mixed = b ^ c ^ d;
          word = (3 * i + 5) % 16;
          break;
        default:
          mixed = c ^ (b | ~d);
          word = 7 * i % 16;
      }
      const auto input = Load<std::uint32_t>(padded.data() + block + 4 * word, Order::kLittle);
      const std::uint32_t sum = a + mixed + kRoundMd5[i] + input;
      a = d;
      d = c;
      c = b;
      b += std::rotl(sum, kShiftsMd5[i / 16][i % 4]);
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
  }
  std::string digest;
  for (const std::uint32_t word : state) Store(digest, word, Order::kLittle);
  return digest;
}

std::string Sha1Of(std::string_view text) {
  std::array<std::uint32_t, 5> state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  const std::string padded = Padded(text, 64, 8, Order::kBig);
  for (std::size_t block = 0; block < padded.size(); block += 64) {
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 80; ++i) {
      w[i] = i < 16 ? Load<std::uint32_t>(padded.data() + block + 4 * i, Order::kBig)
                    : std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    }
    auto [a, b, c, d, e] = state;
    for (std::size_t i = 0; i < 80; ++i) {
      const std::uint32_t mixed = i < 20   ? (b & c) | (~b & d)
                                  : i < 40 ? b ^ c ^ d
                                  : i < 60 ? (b & c) | (b & d) | (c & d)
                                           : b ^ c ^ d;
      constexpr std::array<std::uint32_t, 4> kRound = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC,
                                                       0xCA62C1D6};
      const std::uint32_t sum = std::rotl(a, 5) + mixed + e + kRound[i / 20] + w[i];
      e = d;
      d = c;
      c = std::rotl(b, 30);
      b = a;
      a = sum;
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
  }
  std::string digest;
  for (const std::uint32_t word : state) Store(digest, word, Order::kBig);
  return digest;
}

std::string Sha256Of(std::string_view text) {
  return Sha2(text, kStart256, kRound256, kRotations256);
}

std::string Sha512Of(std::string_view text) {
  return Sha2(text, kStart512, kRound512, kRotations512);
}

std::string Hex(std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : octets) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace restorable::terraform
