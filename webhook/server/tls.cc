#include "webhook/tls.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include "policy/glob.h"

namespace restorable::webhook {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;
using Certificates = std::vector<Owned<X509>>;
using std::chrono::system_clock;

tl::unexpected<std::string> Fail(std::string message) {
  ERR_clear_error();
  return tl::unexpected<std::string>(std::move(message));
}

tl::expected<std::string, std::string> ReadText(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf())) return Fail(fmt::format("cannot read {}", path));
  return std::move(text).str();
}

Owned<BIO> Reading(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Certificates ReadCertificates(const std::string& text) {
  Certificates certificates;
  const Owned<BIO> bio = Reading(text);
  while (X509* const next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    certificates.emplace_back(next);
  }
  ERR_clear_error();
  return certificates;
}

system_clock::time_point ToTime(const ASN1_TIME* time) {
  std::tm broken_down = {};
  if (ASN1_TIME_to_tm(time, &broken_down) != 1) return {};
  return system_clock::from_time_t(timegm(&broken_down));
}

// Why the certificates cannot be served; empty if they can.
std::string FindFault(const Certificates& chain, EVP_PKEY* key, const TlsFiles& files) {
  if (chain.empty()) return fmt::format("{} holds no certificate", files.certificate);
  if (key == nullptr) return fmt::format("{} holds no private key", files.key);
  if (X509_check_private_key(chain.front().get(), key) != 1) {
    return fmt::format("the key in {} is not that of the certificate in {}", files.key,
                       files.certificate);
  }
  const system_clock::time_point now = system_clock::now();
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (ToTime(X509_get0_notAfter(chain[i].get())) <= now) {
      return fmt::format("certificate {} in {} has expired", i + 1, files.certificate);
    }
    if (ToTime(X509_get0_notBefore(chain[i].get())) > now) {
      return fmt::format("certificate {} in {} is not valid yet", i + 1, files.certificate);
    }
    if (i + 1 < chain.size() &&
        X509_check_issued(chain[i + 1].get(), chain[i].get()) != X509_V_OK) {
      return fmt::format("certificate {} in {} was not issued by the next one", i + 1,
                         files.certificate);
    }
  }
  return {};
}

// HTTP/1.1 is all there is, whether a client offers more or does not say.
int SelectProtocol(SSL*, const unsigned char** out, unsigned char* out_size,
                   const unsigned char* offered, unsigned int offered_size, void*) {
  static constexpr unsigned char kProtocols[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* selected = nullptr;
  const int outcome = SSL_select_next_proto(&selected, out_size, kProtocols, sizeof kProtocols,
                                            offered, offered_size);
  *out = selected;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void Harden(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  // Keys for tickets would have to be shared between replicas, and resuming saves little.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_alpn_select_cb(context, SelectProtocol, nullptr);
}

bool RequireClients(SSL_CTX* context, const std::string& ca_file) {
  if (SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr) != 1) return false;
  SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(ca_file.c_str()));
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return true;
}

std::string_view Text(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

// The common names and DNS names of a certificate.
std::vector<std::string> NamesOf(X509* certificate) {
  std::vector<std::string> names;
  const X509_NAME* const subject = X509_get_subject_name(certificate);
  for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0;) {
    names.emplace_back(Text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
  }
  const Owned<GENERAL_NAMES> others(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; others && i < sk_GENERAL_NAME_num(others.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(others.get(), i);
    if (name->type == GEN_DNS) names.emplace_back(Text(name->d.dNSName));
  }
  return names;
}

}  // namespace

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

tl::expected<std::shared_ptr<const TlsContext>, std::string> TlsContext::Load(
    const TlsFiles& files) {
  const auto certificate_text = ReadText(files.certificate);
  if (!certificate_text) return Fail(certificate_text.error());
  const auto key_text = ReadText(files.key);
  if (!key_text) return Fail(key_text.error());
  const Certificates chain = ReadCertificates(*certificate_text);
  const Owned<EVP_PKEY> key(
      PEM_read_bio_PrivateKey(Reading(*key_text).get(), nullptr, nullptr, nullptr));
  if (std::string fault = FindFault(chain, key.get(), files); !fault.empty()) return Fail(fault);

  std::shared_ptr<TlsContext> made(new TlsContext());
  made->context_ = SSL_CTX_new(TLS_server_method());
  if (made->context_ == nullptr) return Fail("no memory for a TLS context");
  Harden(made->context_);
  bool ok = SSL_CTX_use_certificate(made->context_, chain.front().get()) == 1 &&
            SSL_CTX_use_PrivateKey(made->context_, key.get()) == 1;
  for (std::size_t i = 1; ok && i < chain.size(); ++i) {
    ok = SSL_CTX_add1_chain_cert(made->context_, chain[i].get()) == 1;
  }
  if (!ok) return Fail(fmt::format("the certificate in {} cannot be used", files.certificate));
  if (!files.client_ca.empty() && !RequireClients(made->context_, files.client_ca)) {
    return Fail(fmt::format("{} holds no certificate authority", files.client_ca));
  }
  made->client_names_ = files.client_names;
  made->expiry_ = system_clock::time_point::max();
  for (const Owned<X509>& certificate : chain) {
    made->expiry_ = std::min(made->expiry_, ToTime(X509_get0_notAfter(certificate.get())));
  }
  made->digest_ = fmt::format("{:x}", std::hash<std::string>()(*certificate_text + *key_text));
  return made;
}

bool TlsContext::Admits(const SSL& connection) const {
  if (client_names_.empty()) return true;
  const Owned<X509> certificate(SSL_get1_peer_certificate(&connection));
  if (!certificate) return false;
  const std::vector<std::string> names = NamesOf(certificate.get());
  return std::ranges::any_of(names, [&](const std::string& name) {
    return std::ranges::any_of(
        client_names_, [&](const std::string& glob) { return policy::GlobMatches(glob, name); });
  });
}

std::shared_ptr<const TlsContext> CurrentTls::Get() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

CurrentTls::Outcome CurrentTls::Reload(std::string& error) {
  auto loaded = TlsContext::Load(files_);
  if (!loaded) {
    error = std::move(loaded.error());
    return Outcome::kFailed;
  }
  const std::lock_guard lock(mutex_);
  if (context_ && context_->digest() == (*loaded)->digest()) return Outcome::kUnchanged;
  context_ = std::move(*loaded);
  return Outcome::kReplaced;
}

}  // namespace restorable::webhook
