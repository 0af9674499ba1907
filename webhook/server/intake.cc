#include "webhook/intake.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text.h"

namespace restorable::webhook {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";

constexpr Rejection kHeadTooLarge{431, "headers", "the head of the request is larger than 16 KiB"};
constexpr Rejection kMalformed{400, "headers", "the head of the request is malformed"};
constexpr Rejection kBodyTooLarge{413, "body", "the body is too large"};
constexpr Rejection kBadLength{400, "length", "there must be one Content-Length, a number"};
constexpr Rejection kNoLength{411, "length", "a Content-Length is required"};
constexpr Rejection kEncoded{415, "encoding", "the body must not be encoded"};
constexpr Rejection kRange{400, "headers", "there are no ranges here"};
constexpr Rejection kExpectation{417, "headers", "the expectation cannot be met"};

bool IsTokenCharacter(char c) {
  const bool is_alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return is_alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsTokenCharacter);
}

bool IsVisible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c != '\x7f'; });
}

// Text of a header's value: no controls but tabs.
bool IsFieldText(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
  });
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<std::size_t> Number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool ok = error == std::errc() && end == text.data() + text.size() && !text.empty();
  return ok ? std::optional(number) : std::nullopt;
}

// Reads the head, line by line.
class HeadReader {
 public:
  explicit HeadReader(std::string_view text) : rest_(text) {}

  // Why the request is refused; nothing if it is not.
  const Rejection* Read(const IntakeLimits& limits, Head& head) {
    if (!ReadRequestLine()) return &kMalformed;
    while (!rest_.empty()) {
      if (const Rejection* rejection = ReadField(NextLine())) return rejection;
    }
    if (has_transfer_encoding_) return &kNoLength;
    if (!length_ && is_post_) return &kNoLength;
    if (length_.value_or(0) > limits.body_bytes) return &kBodyTooLarge;
    head.body_bytes = length_.value_or(0);
    head.expects_continue = expects_continue_ && head.body_bytes > 0;
    head.keep_alive = keep_alive_;
    return nullptr;
  }

 private:
  std::string_view NextLine() {
    const std::size_t end = rest_.find("\r\n");
    const std::string_view line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 2);
    return line;
  }

  bool ReadRequestLine() {
    const std::string_view line = NextLine();
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return false;
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    is_post_ = method == "POST";
    keep_alive_ = version == "HTTP/1.1";
    return IsToken(method) && target.starts_with('/') && IsVisible(target) &&
           (version == "HTTP/1.1" || version == "HTTP/1.0");
  }

  const Rejection* ReadField(std::string_view line) {
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !IsToken(name)) return &kMalformed;
    const std::string_view value = Trimmed(line.substr(colon + 1));
    if (!IsFieldText(value)) return &kMalformed;
    const auto is = [&](std::string_view other) { return EqualsIgnoringAsciiCase(name, other); };
    if (is("content-length")) {
      if (length_) return &kBadLength;
      length_ = Number(value);
      if (!length_) return &kBadLength;
    } else if (is("transfer-encoding")) {
      has_transfer_encoding_ = true;
    } else if (is("content-encoding")) {
      return &kEncoded;
    } else if (is("range")) {
      return &kRange;
    } else if (is("expect")) {
      if (!EqualsIgnoringAsciiCase(value, "100-continue")) return &kExpectation;
      expects_continue_ = true;
    } else if (is("connection")) {
      if (AsciiLower(value).find("close") != std::string::npos) keep_alive_ = false;
    }
    return nullptr;
  }

  std::string_view rest_;
  bool is_post_ = false;
  bool keep_alive_ = true;
  bool has_transfer_encoding_ = false;
  bool expects_continue_ = false;
  std::optional<std::size_t> length_;
};

}  // namespace

Intake::State Intake::Append(std::string_view bytes) {
  if (state_ == State::kRejected) return state_;
  buffer_.append(bytes);
  return state_ == State::kWhole ? state_ : Advance();
}

Intake::State Intake::Advance() {
  if (state_ == State::kBody) {
    if (buffer_.size() >= head_.head_bytes + head_.body_bytes) state_ = State::kWhole;
    return state_;
  }
  state_ = buffer_.empty() ? State::kIdle : State::kHead;
  const std::size_t from = searched_ < kEndOfHead.size() ? 0 : searched_ - kEndOfHead.size() + 1;
  const std::size_t end = buffer_.find(kEndOfHead, from);
  searched_ = buffer_.size();
  const std::size_t head_bytes =
      end == std::string::npos ? buffer_.size() : end + kEndOfHead.size();
  if (head_bytes > limits_.head_bytes) return Reject(kHeadTooLarge);
  if (end == std::string::npos) return state_;
  head_ = {.head_bytes = head_bytes};
  const std::string_view text = std::string_view(buffer_).substr(0, end);
  if (const Rejection* rejection = HeadReader(text).Read(limits_, head_)) {
    return Reject(*rejection);
  }
  state_ = State::kBody;
  continue_is_due_ = head_.expects_continue;
  return Advance();
}

Intake::State Intake::Reject(const Rejection& rejection) {
  rejection_ = rejection;
  buffer_ = std::string();
  return state_ = State::kRejected;
}

bool Intake::TakeContinue() {
  const bool is_due =
      continue_is_due_ && state_ == State::kBody && buffer_.size() == head_.head_bytes;
  continue_is_due_ = false;
  return is_due;
}

std::string Intake::TakeRequest() {
  const std::size_t size = head_.head_bytes + head_.body_bytes;
  std::string rest = buffer_.substr(size);
  buffer_.resize(size);
  std::string request = std::exchange(buffer_, std::move(rest));
  state_ = State::kIdle;
  searched_ = 0;
  continue_is_due_ = false;
  Advance();
  return request;
}

}  // namespace restorable::webhook
