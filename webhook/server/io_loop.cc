#include "webhook/io_loop.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "webhook/responses.h"

namespace restorable::webhook {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using State = Connection::State;

constexpr std::size_t kScratchBytes = std::size_t{16} << 10;  // the largest TLS record
constexpr int kRecordsPerTurn = 16;                           // of one connection
constexpr int kAcceptsPerTurn = 64;
constexpr milliseconds kAcceptPause{10};
constexpr milliseconds kSweepInterval{250};
constexpr milliseconds kFreshConnection{1'000};
constexpr std::uint64_t kListenerEvent = ~std::uint64_t{0};
constexpr std::uint64_t kWakeEvent = kListenerEvent - 1;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::uint64_t ToEvent(ConnectionId id) { return std::uint64_t{id.place} << 32 | id.generation; }
ConnectionId ToId(std::uint64_t event) {
  return {static_cast<std::uint32_t>(event >> 32), static_cast<std::uint32_t>(event)};
}

// What TLS waits for, as events of epoll; 0 after an error.
std::uint32_t Wanted(const SSL* ssl, int outcome) {
  switch (SSL_get_error(ssl, outcome)) {
    case SSL_ERROR_WANT_READ:
      return EPOLLIN;
    case SSL_ERROR_WANT_WRITE:
      return EPOLLOUT;
    default:
      return 0;
  }
}

}  // namespace

IoLoop::IoLoop(int listener, Parts parts)
    : listener_(listener),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      parts_(std::move(parts)),
      now_(steady_clock::now()),
      scratch_(kScratchBytes) {
  epoll_event event{.events = EPOLLIN, .data = {.u64 = kWakeEvent}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
  Listen(true);
  last_turn_ = now_.time_since_epoch().count();
}

IoLoop::~IoLoop() {
  if (thread_.joinable()) {
    Finish(milliseconds(0));
    Join();
  }
  for (const auto& connection : places_) {
    if (connection) close(connection->fd);
  }
  if (listener_ >= 0) close(listener_);
  close(wake_);
  close(epoll_);
}

void IoLoop::Start() {
  thread_ = std::thread([this] { Run(); });
}

void IoLoop::Join() { thread_.join(); }

void IoLoop::Wake() {
  const std::uint64_t one = 1;
  static_cast<void>(write(wake_, &one, sizeof one));
}

void IoLoop::Complete(Answered answered) {
  {
    const std::lock_guard lock(answers_mutex_);
    answers_.push_back(std::move(answered));
  }
  Wake();
}

void IoLoop::Finish(milliseconds most) {
  finish_within_ms_ = most.count();
  Wake();
}

steady_clock::time_point IoLoop::last_turn() const {
  return steady_clock::time_point(steady_clock::duration(last_turn_.load()));
}

void IoLoop::Run() {
  next_sweep_ = steady_clock::now();
  while (!finishes_ || (open_ > 0 && now_ < finish_by_)) Turn();
}

int IoLoop::Timeout() const {
  if (!shaking_.empty() || !resumed_.empty()) return 0;
  TimePoint until = next_sweep_;
  if (!listens_ && !finishes_) until = std::min(until, resume_accepting_);
  const auto left = std::chrono::ceil<milliseconds>(until - now_).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000));
}

void IoLoop::Turn() {
  std::array<epoll_event, 256> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), Timeout());
  now_ = steady_clock::now();
  last_turn_ = now_.time_since_epoch().count();
  bool accepts = false;
  for (int i = 0; i < count; ++i) {
    const std::uint64_t event = events[static_cast<std::size_t>(i)].data.u64;
    if (event == kListenerEvent) {
      accepts = true;
    } else if (event == kWakeEvent) {
      std::uint64_t ignored = 0;
      static_cast<void>(read(wake_, &ignored, sizeof ignored));
    } else if (Connection* const connection = Find(ToId(event))) {
      Handle(*connection, events[static_cast<std::size_t>(i)].events);
    }
  }
  TakeAnswers();
  Resume();
  // Those who have reviews to send come first: a flood of handshakes must not starve them.
  AdvanceHandshakes();
  if (accepts) Accept();
  if (!finishes_ && finish_within_ms_ >= 0) BeginToFinish();
  if (!listens_ && !finishes_ && now_ >= resume_accepting_) Listen(true);
  if (now_ >= next_sweep_) Sweep();
  closed_.clear();
}

Connection* IoLoop::Find(ConnectionId id) const {
  if (id.place >= places_.size() || !places_[id.place]) return nullptr;
  return generations_[id.place] == id.generation ? places_[id.place].get() : nullptr;
}

// --- Accepting

void IoLoop::Listen(bool listens) {
  if (listener_ < 0 || listens == listens_) return;
  epoll_event event{.events = EPOLLIN, .data = {.u64 = kListenerEvent}};
  epoll_ctl(epoll_, listens ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, listener_, &event);
  listens_ = listens;
}

void IoLoop::Accept() {
  for (int i = 0; i < kAcceptsPerTurn && listens_; ++i) {
    const int fd = parts_.accept(listener_);
    if (fd < 0) return HandleAcceptError(errno);
    Adopt(fd);
  }
}

void IoLoop::HandleAcceptError(int error) {
  if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ECONNABORTED) return;
  // Out of descriptors or memory: room may come, but not by trying again at once.
  if (error == EMFILE || error == ENFILE) static_cast<void>(MakeRoom());
  parts_.metrics->CountRefused("cap");
  Listen(false);
  resume_accepting_ = now_ + kAcceptPause;
}

// Closes the connection that has been idle for longest.
bool IoLoop::MakeRoom() {
  if (idle_.empty()) return false;
  Close(*idle_.front(), "evicted");
  return true;
}

void IoLoop::Adopt(int fd) {
  const std::shared_ptr<const TlsContext> tls = parts_.tls->Get();
  if ((open_ >= parts_.limits.connections && !MakeRoom()) || !tls) {
    parts_.metrics->CountRefused("cap");
    close(fd);
    return;
  }
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  auto connection = std::make_unique<Connection>(parts_.limits.intake, fd, tls);
  if (!connection->ssl || SSL_set_fd(connection->ssl.get(), fd) != 1) {
    close(fd);
    return;
  }
  SSL_set_accept_state(connection->ssl.get());
  if (free_places_.empty()) {
    free_places_.push_back(static_cast<std::uint32_t>(places_.size()));
    places_.emplace_back();
    generations_.push_back(0);
  }
  const std::uint32_t place = free_places_.back();
  free_places_.pop_back();
  connection->id = {place, generations_[place]};
  connection->born = now_;
  const std::int64_t age = parts_.limits.age.count();
  connection->retire =
      now_ + milliseconds(age * 4 / 5 + static_cast<std::int64_t>(jitter_()) % (age * 2 / 5 + 1));
  ++open_;
  Connection& adopted = *(places_[place] = std::move(connection));
  Enter(adopted, State::kHandshake, parts_.limits.handshake);
  Watch(adopted, EPOLLIN);
}

// --- Connections

void IoLoop::Handle(Connection& connection, std::uint32_t events) {
  static_cast<void>(events);
  switch (connection.state) {
    case State::kHandshake:
      Watch(connection, 0);
      shaking_.push_back(connection.id);
      return;
    case State::kReading:
      return Read(connection);
    case State::kProcessing:
      return;
    case State::kWriting:
      return Write(connection);
    case State::kLingering:
      return Discard(connection);
  }
}

void IoLoop::AdvanceHandshakes() {
  const std::size_t count = std::min(shaking_.size(), parts_.limits.handshakes_per_turn);
  for (std::size_t i = 0; i < count; ++i) {
    if (Connection* const connection = Find(shaking_[i])) Handshake(*connection);
  }
  shaking_.erase(shaking_.begin(), shaking_.begin() + static_cast<std::ptrdiff_t>(count));
}

void IoLoop::Handshake(Connection& connection) {
  ERR_clear_error();
  const int outcome = SSL_accept(connection.ssl.get());
  if (outcome != 1) {
    if (const std::uint32_t wanted = Wanted(connection.ssl.get(), outcome)) {
      return Watch(connection, wanted);
    }
    parts_.metrics->CountHandshake("failed");
    return Close(connection, "handshake");
  }
  if (!connection.tls->Admits(*connection.ssl)) {
    parts_.metrics->CountHandshake("refused");
    return Close(connection, "handshake");
  }
  parts_.metrics->CountHandshake("ok");
  Consider(connection);
  Read(connection);
}

void IoLoop::Read(Connection& connection) {
  for (int i = 0; i < kRecordsPerTurn; ++i) {
    ERR_clear_error();
    const int count = SSL_read(connection.ssl.get(), scratch_.data(), kScratchBytes);
    if (count <= 0) {
      const std::uint32_t wanted = Wanted(connection.ssl.get(), count);
      return wanted != 0 ? Watch(connection, wanted) : Close(connection, "client");
    }
    TakeIn(connection, {scratch_.data(), static_cast<std::size_t>(count)});
    if (connection.fd < 0 || connection.state != State::kReading) return;
  }
  Watch(connection, EPOLLIN);
}

void IoLoop::TakeIn(Connection& connection, std::string_view bytes) {
  const bool was_idle = connection.IsIdle();
  connection.intake.Append(bytes);
  if (was_idle) {
    SetIdle(connection, false);
    Enter(connection, State::kReading, parts_.limits.request);
  }
  CountBytes(connection, connection.intake.buffered_bytes());
  if (counted_bytes_ > parts_.limits.buffered_bytes) {
    return Refuse(connection, {429, "overload", "too many bytes are waiting; try again"});
  }
  Consider(connection);
}

// What is to be done with what has been read.
void IoLoop::Consider(Connection& connection) {
  switch (connection.intake.state()) {
    case Intake::State::kIdle:
      if (finishes_ && connection.has_served) return Close(connection, "drain");
      Enter(connection, State::kReading, finishes_ ? kFreshConnection : parts_.limits.idle);
      return SetIdle(connection, true);
    case Intake::State::kHead:
      break;
    case Intake::State::kBody:
      if (connection.intake.TakeContinue()) {
        SSL_write(connection.ssl.get(), kContinue.data(), static_cast<int>(kContinue.size()));
      }
      break;
    case Intake::State::kWhole:
      return Submit(connection);
    case Intake::State::kRejected:
      return Refuse(connection, connection.intake.rejection());
  }
  if (connection.state != State::kReading) {
    Enter(connection, State::kReading, parts_.limits.request);
  }
}

void IoLoop::Submit(Connection& connection) {
  const bool close = !connection.intake.head().keep_alive || retires_all_ || finishes_ ||
                     now_ >= connection.retire;
  Job job{connection.id, connection.intake.TakeRequest(), close, now_};
  if (!parts_.enqueue(std::move(job))) {
    parts_.metrics->CountRefused("overload");
    return Respond(connection, PlainResponse(429, "too many requests are waiting", close), close);
  }
  ++in_flight_;
  connection.state = State::kProcessing;
  connection.deadline = TimePoint::max();
  Watch(connection, 0);
}

void IoLoop::Refuse(Connection& connection, const Rejection& rejection) {
  parts_.metrics->CountRefused(rejection.reason);
  Respond(connection, PlainResponse(rejection.status, rejection.text, true), true);
}

void IoLoop::TakeAnswers() {
  std::vector<Answered> answers;
  {
    const std::lock_guard lock(answers_mutex_);
    answers.swap(answers_);
  }
  for (Answered& answer : answers) {
    --in_flight_;
    if (Connection* const connection = Find(answer.connection)) {
      Respond(*connection, std::move(answer.response), answer.close);
    }
  }
}

void IoLoop::Respond(Connection& connection, std::string response, bool close) {
  SetIdle(connection, false);
  connection.output = std::move(response);
  connection.written = 0;
  connection.closes = close;
  Enter(connection, State::kWriting, parts_.limits.response);
  Write(connection);
}

void IoLoop::Write(Connection& connection) {
  while (connection.written < connection.output.size()) {
    ERR_clear_error();
    const std::size_t left = connection.output.size() - connection.written;
    const int count = SSL_write(connection.ssl.get(), connection.output.data() + connection.written,
                                static_cast<int>(std::min<std::size_t>(left, 1U << 20)));
    if (count <= 0) {
      const std::uint32_t wanted = Wanted(connection.ssl.get(), count);
      return wanted != 0 ? Watch(connection, wanted) : Close(connection, "client");
    }
    connection.written += static_cast<std::size_t>(count);
  }
  AfterWrite(connection);
}

void IoLoop::AfterWrite(Connection& connection) {
  connection.output = std::string();
  connection.has_served = true;
  if (connection.closes) return Linger(connection);
  CountBytes(connection, connection.intake.buffered_bytes());
  // Not here and now: requests in a row would come back to this place ever deeper.
  Watch(connection, 0);
  resumed_.push_back(connection.id);
}

void IoLoop::Resume() {
  for (const ConnectionId id : std::exchange(resumed_, {})) {
    Connection* const connection = Find(id);
    if (connection == nullptr) continue;
    Consider(*connection);
    if (connection->fd >= 0 && connection->state == State::kReading) Watch(*connection, EPOLLIN);
  }
}

// A plain close while bytes are unread resets the connection, and the client never sees why.
void IoLoop::Linger(Connection& connection) {
  CountBytes(connection, 0);
  SSL_shutdown(connection.ssl.get());
  shutdown(connection.fd, SHUT_WR);
  connection.discarded_bytes = 0;
  Enter(connection, State::kLingering, parts_.limits.linger);
  Watch(connection, EPOLLIN);
}

void IoLoop::Discard(Connection& connection) {
  while (connection.discarded_bytes < parts_.limits.linger_bytes) {
    const ssize_t count = recv(connection.fd, scratch_.data(), kScratchBytes, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (count <= 0) return Close(connection, "done");
    connection.discarded_bytes += static_cast<std::size_t>(count);
  }
  Close(connection, "done");
}

// --- Time

void IoLoop::Enter(Connection& connection, State state, milliseconds most) {
  connection.state = state;
  connection.deadline = now_ + most;
}

void IoLoop::Sweep() {
  next_sweep_ = now_ + kSweepInterval;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i] && now_ >= places_[i]->deadline) SweepOne(*places_[i]);
  }
  ReportCounts();
}

void IoLoop::SweepOne(Connection& connection) {
  switch (connection.state) {
    case State::kHandshake:
      parts_.metrics->CountHandshake("timeout");
      parts_.metrics->CountRefused("handshake");
      return Close(connection, "deadline");
    case State::kReading:
      if (connection.IsIdle()) return Close(connection, "idle");
      parts_.metrics->CountRefused("deadline");
      return Close(connection, "deadline");
    case State::kProcessing:
    case State::kWriting:
      return Close(connection, "deadline");
    case State::kLingering:
      return Close(connection, "done");
  }
}

void IoLoop::BeginToFinish() {
  finishes_ = true;
  finish_by_ = now_ + milliseconds(finish_within_ms_.load());
  Listen(false);
  if (listener_ >= 0) close(std::exchange(listener_, -1));
  for (std::size_t i = 0; i < places_.size(); ++i) {
    Connection* const connection = places_[i].get();
    if (connection == nullptr || !connection->IsIdle()) continue;
    // Who has just connected is about to send.
    const bool is_fresh = !connection->has_served && now_ - connection->born < kFreshConnection;
    if (is_fresh) {
      connection->deadline = now_ + kFreshConnection;
    } else {
      Close(*connection, "drain");
    }
  }
}

// --- Bookkeeping

void IoLoop::Watch(Connection& connection, std::uint32_t events) {
  if (connection.interest == events || connection.fd < 0) return;
  // Without interest it leaves the set: a hang-up would be reported all the same, again and again.
  const int operation = events == 0                ? EPOLL_CTL_DEL
                        : connection.interest == 0 ? EPOLL_CTL_ADD
                                                   : EPOLL_CTL_MOD;
  epoll_event event{.events = events, .data = {.u64 = ToEvent(connection.id)}};
  epoll_ctl(epoll_, operation, connection.fd, &event);
  connection.interest = events;
}

void IoLoop::SetIdle(Connection& connection, bool is_idle) {
  if (connection.in_idle_list == is_idle) return;
  connection.in_idle_list = is_idle;
  if (is_idle) {
    connection.idle_place = idle_.insert(idle_.end(), &connection);
  } else {
    idle_.erase(connection.idle_place);
  }
}

void IoLoop::CountBytes(Connection& connection, std::size_t bytes) {
  const std::size_t counted = bytes * kMemoryPerBodyByte;
  counted_bytes_ += counted - connection.counted_bytes;
  connection.counted_bytes = counted;
}

void IoLoop::Close(Connection& connection, std::string_view reason) {
  parts_.metrics->CountClosed(reason);
  SetIdle(connection, false);
  CountBytes(connection, 0);
  Watch(connection, 0);
  close(std::exchange(connection.fd, -1));
  const std::uint32_t place = connection.id.place;
  ++generations_[place];
  free_places_.push_back(place);
  closed_.push_back(std::move(places_[place]));
  --open_;
}

void IoLoop::ReportCounts() {
  ConnectionCounts counts;
  for (const auto& connection : places_) {
    if (!connection) continue;
    switch (connection->state) {
      case State::kHandshake:
        ++counts.handshake;
        break;
      case State::kReading:
        ++(connection->IsIdle() ? counts.idle : counts.reading);
        break;
      case State::kProcessing:
        ++counts.processing;
        break;
      case State::kWriting:
        ++counts.writing;
        break;
      case State::kLingering:
        ++counts.closing;
        break;
    }
  }
  parts_.metrics->SetConnections(counts);
  parts_.metrics->SetBodyBytes(counted_bytes_ / kMemoryPerBodyByte);
}

}  // namespace restorable::webhook
