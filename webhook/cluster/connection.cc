#include "cluster/connection.h"

#include <httplib.h>

#include <exception>
#include <utility>

#include "base/version.h"

namespace restorable::cluster {
namespace {

constexpr std::chrono::seconds kConnecting{10};
constexpr std::chrono::seconds kSilence{60};  // between two pieces of an answer

std::unique_ptr<httplib::ClientImpl> MakeClient(const Access& access) {
  if (!access.tls) return std::make_unique<httplib::ClientImpl>(access.host, access.port);
  auto client = std::make_unique<httplib::SSLClient>(access.host, access.port);
  if (!access.ca_file.empty()) client->set_ca_cert_path(access.ca_file);
  client->enable_server_certificate_verification(true);
  SSL_CTX_set_min_proto_version(client->ssl_context(), TLS1_2_VERSION);
  return client;
}

std::string ErrorText(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
    case httplib::Error::ConnectionTimeout:
      return "cannot connect";
    case httplib::Error::SSLConnection:
      return "the TLS handshake fails";
    case httplib::Error::SSLLoadingCerts:
      return "the certificates of the authority cannot be read";
    case httplib::Error::SSLServerVerification:
      return "the certificate is not that of the server, or of another authority";
    case httplib::Error::Canceled:
      return "it takes too long";
    default:
      return "the connection breaks off";
  }
}

}  // namespace

struct Connection::Impl {
  std::size_t most_bytes;
  std::string prefix;
  std::unique_ptr<httplib::ClientImpl> client;
};

Connection::Connection(const Access& access, std::size_t most_bytes)
    : impl_(std::make_unique<Impl>(Impl{most_bytes, access.prefix, MakeClient(access)})) {
  httplib::ClientImpl& client = *impl_->client;
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  client.set_connection_timeout(kConnecting);
  client.set_read_timeout(kSilence);
  client.set_write_timeout(kSilence);
}

Connection::~Connection() = default;

tl::expected<Response, TransportError> Connection::Send(
    const Request& request, std::string_view token,
    std::chrono::steady_clock::time_point deadline) {
  httplib::Request sent;
  sent.method = request.method;
  sent.path = impl_->prefix + request.path;
  sent.headers = {{"Accept", "application/json"},
                  {"User-Agent", "restorable-audit/" + std::string(Version())}};
  if (!token.empty()) sent.headers.emplace("Authorization", "Bearer " + std::string(token));
  if (!request.body.empty()) {
    sent.headers.emplace("Content-Type", std::string(request.content_type));
    sent.body = request.body;
  }
  Response response;
  sent.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
    response.is_cut = response.body.size() + size > impl_->most_bytes;
    if (!response.is_cut) response.body.append(data, size);
    return !response.is_cut && std::chrono::steady_clock::now() < deadline;
  };
  sent.response_handler = [&](const httplib::Response& head) {
    response.status = head.status;
    response.retry_after = head.get_header_value("Retry-After");
    return true;
  };
  try {
    const httplib::Result result = impl_->client->send(sent);
    if (result || response.is_cut) return response;
    return tl::unexpected(TransportError{ErrorText(result.error()),
                                         result.error() == httplib::Error::SSLServerVerification ||
                                             result.error() == httplib::Error::SSLLoadingCerts});
  } catch (const std::exception& error) {
    return tl::unexpected(TransportError{error.what(), true});
  }
}

}  // namespace restorable::cluster
