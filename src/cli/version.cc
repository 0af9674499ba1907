#include "base/version.h"

#include <fmt/format.h>

#include "cli/app.h"
#include "cli/output.h"

namespace restorable::cli {

Action DeclareVersion(CLI::App&) {
  return [] {
    return Print(fmt::format("restorable {}\n", Version())) ? ExitStatus::kPass
                                                            : ExitStatus::kFailure;
  };
}

}  // namespace restorable::cli
