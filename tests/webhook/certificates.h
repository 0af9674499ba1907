#pragma once

#include <filesystem>
#include <string>

namespace restorable::webhook {

// A key and a self-signed certificate for localhost, in PEM.
struct TestCertificate {
  std::string certificate;
  std::string key;
};

// `days` may be negative: it has expired then.
[[nodiscard]] TestCertificate MakeCertificate(int days = 30, const std::string& name = "localhost");

// A directory that is there as long as this.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  // Replaces the file as a whole.
  std::string Write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string Path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace restorable::webhook
