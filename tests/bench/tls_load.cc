// A load generator that is cheaper than what it loads: one thread, epoll, TLS 1.3.
//
//   tls_load PORT PATH CONNECTIONS (--seconds S | --requests N | --fresh) FILE...
//
// POSTs the files as JSON, each connection one after the other, and prints what came of it as one
// line of JSON: answers, failures, seconds, the percentiles of an answer's time in microseconds,
// and the processor time of this program. With --fresh, all connections are opened at once and each
// sends one request; its time begins with connect().

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kEndOfHead = "\r\n\r\n";
constexpr std::string_view kEndOfChunks = "0\r\n\r\n";
constexpr std::string_view kOk = "HTTP/1.1 200 ";

struct Options {
  std::uint16_t port = 0;
  std::string path;
  std::size_t connections = 0;
  double seconds = 0;
  std::size_t requests = 0;  // 0: until the time is over
  bool fresh = false;
  std::vector<std::string> bodies;
};

struct Connection {
  enum class State : std::uint8_t { kHandshake, kWriting, kReading };
  int fd = -1;
  SSL* ssl = nullptr;
  State state = State::kHandshake;
  std::size_t body = 0;     // the next to send
  std::size_t written = 0;  // of the request
  std::string input;
  std::uint32_t interest = EPOLLIN;
  Clock::time_point begun;
};

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

// Bytes of the whole response in `text`; 0 while there is more to come.
std::size_t ResponseBytes(std::string_view text) {
  const std::size_t end = text.find(kEndOfHead);
  if (end == std::string_view::npos) return 0;
  const std::size_t head = end + kEndOfHead.size();
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t length = text.substr(0, end).find(kLength);
  if (length == std::string_view::npos) return text.ends_with(kEndOfChunks) ? text.size() : 0;
  std::size_t body = 0;
  const char* const digits = text.data() + length + kLength.size();
  std::from_chars(digits, text.data() + end, body);
  return text.size() >= head + body ? head + body : 0;
}

class Load {
 public:
  explicit Load(const Options& options)
      : options_(options), context_(SSL_CTX_new(TLS_client_method())), epoll_(epoll_create1(0)) {
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_3_VERSION);
    for (const std::string& body : options.bodies) {
      requests_.push_back(
          fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      "Accept-Encoding: gzip\r\nContent-Length: {}\r\n\r\n{}",
                      options.path, body.size(), body));
    }
    times_.reserve(std::size_t{1} << 20);
  }

  void Run() {
    const Clock::time_point begun = Clock::now();
    until_ = begun + std::chrono::duration_cast<Clock::duration>(
                         std::chrono::duration<double>(options_.seconds));
    connections_.resize(options_.connections);
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      connections_[i].body = i % requests_.size();
      Open(connections_[i]);
    }
    std::array<epoll_event, 256> events;
    while (open_ > 0) {
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 10'000);
      if (count == 0) break;  // the server says nothing any more
      for (int i = 0; i < count; ++i) {
        Advance(connections_[events[static_cast<std::size_t>(i)].data.u32]);
      }
    }
    seconds_ = std::chrono::duration<double>(Clock::now() - begun).count();
    failures_ += open_;
  }

  void Print() {
    std::ranges::sort(times_);
    const auto percentile = [&](double share) {
      if (times_.empty()) return 0U;
      return times_[std::min(times_.size() - 1,
                             static_cast<std::size_t>(static_cast<double>(times_.size()) * share))];
    };
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    fmt::print(
        R"({{"answers": {}, "failures": {}, "seconds": {:.3f}, "p50": {}, "p99": {}, "cpu": {:.3f}}})"
        "\n",
        times_.size(), failures_, seconds_, percentile(0.5), percentile(0.99),
        seconds(usage.ru_utime) + seconds(usage.ru_stime));
  }

 private:
  void Open(Connection& connection) {
    connection.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(connection.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(options_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection.begun = Clock::now();
    connect(connection.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    connection.ssl = SSL_new(context_.get());
    SSL_set_fd(connection.ssl, connection.fd);
    SSL_set_connect_state(connection.ssl);
    connection.state = Connection::State::kHandshake;
    connection.input.clear();
    connection.interest = EPOLLOUT;
    epoll_event event{.events = EPOLLOUT, .data = {.u32 = IndexOf(connection)}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.fd, &event);
    ++open_;
  }

  void Close(Connection& connection) {
    SSL_free(connection.ssl);
    close(connection.fd);
    --open_;
  }

  void Fail(Connection& connection) {
    ++failures_;
    Close(connection);
  }

  // As far as it goes without waiting.
  void Advance(Connection& connection) {
    while (true) {
      int outcome = 0;
      switch (connection.state) {
        case Connection::State::kHandshake:
          outcome = SSL_do_handshake(connection.ssl);
          if (outcome == 1) BeginRequest(connection);
          break;
        case Connection::State::kWriting:
          outcome = Write(connection);
          break;
        case Connection::State::kReading:
          outcome = Read(connection);
          break;
      }
      if (outcome == kDone) return;
      if (outcome <= 0) return Wait(connection, outcome);
    }
  }

  void Wait(Connection& connection, int outcome) {
    const int error = SSL_get_error(connection.ssl, outcome);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return Fail(connection);
    const std::uint32_t wanted = error == SSL_ERROR_WANT_READ ? EPOLLIN : EPOLLOUT;
    if (connection.interest == wanted) return;
    connection.interest = wanted;
    epoll_event event{.events = wanted, .data = {.u32 = IndexOf(connection)}};
    epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.fd, &event);
  }

  void BeginRequest(Connection& connection) {
    connection.state = Connection::State::kWriting;
    connection.written = 0;
    if (!options_.fresh) connection.begun = Clock::now();
    ++sent_;
  }

  int Write(Connection& connection) {
    const std::string& request = requests_[connection.body];
    const int count = SSL_write(connection.ssl, request.data() + connection.written,
                                static_cast<int>(request.size() - connection.written));
    if (count <= 0) return count;
    connection.written += static_cast<std::size_t>(count);
    if (connection.written == request.size()) connection.state = Connection::State::kReading;
    return count;
  }

  int Read(Connection& connection) {
    const int count = SSL_read(connection.ssl, scratch_.data(), static_cast<int>(scratch_.size()));
    if (count <= 0) return count;
    connection.input.append(scratch_.data(), static_cast<std::size_t>(count));
    return ResponseBytes(connection.input) == 0 ? count : Finish(connection);
  }

  int Finish(Connection& connection) {
    const Clock::time_point now = Clock::now();
    if (!connection.input.starts_with(kOk)) ++failures_;
    const bool closes = connection.input.find("Connection: close") != std::string::npos;
    times_.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now - connection.begun).count()));
    connection.input.clear();
    connection.body = (connection.body + 1) % requests_.size();
    const bool is_last =
        options_.fresh || (options_.requests > 0 ? sent_ >= options_.requests : now >= until_);
    if (is_last || closes) {
      Close(connection);
      if (!is_last) Open(connection);
      return kDone;
    }
    BeginRequest(connection);
    return 1;
  }

  std::uint32_t IndexOf(const Connection& connection) const {
    return static_cast<std::uint32_t>(&connection - connections_.data());
  }

  static constexpr int kDone = 1 << 30;

  const Options& options_;
  std::unique_ptr<SSL_CTX, FreeContext> context_;
  int epoll_;
  std::vector<std::string> requests_;
  std::vector<Connection> connections_;
  std::array<char, 16'384> scratch_;
  Clock::time_point until_;
  double seconds_ = 0;
  std::size_t open_ = 0;
  std::size_t sent_ = 0;
  std::size_t failures_ = 0;
  std::vector<std::uint32_t> times_;
};

std::string ReadFile(const char* path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Options ReadOptions(int argc, char** argv) {
  Options options;
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  options.path = argv[2];
  options.connections = std::strtoul(argv[3], nullptr, 10);
  for (int i = 4; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--seconds" && i + 1 < argc) {
      options.seconds = std::atof(argv[++i]);
    } else if (argument == "--requests" && i + 1 < argc) {
      options.requests = std::strtoul(argv[++i], nullptr, 10);
    } else if (argument == "--fresh") {
      options.fresh = true;
    } else {
      options.bodies.push_back(ReadFile(argv[i]));
    }
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: tls_load PORT PATH CONNECTIONS [OPTION]... FILE...\n");
    return 2;
  }
  const Options options = ReadOptions(argc, argv);
  if (options.bodies.empty() || options.connections == 0) return 2;
  Load load(options);
  load.Run();
  load.Print();
  return 0;
}
