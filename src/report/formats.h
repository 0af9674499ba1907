#pragma once

#include <string>
#include <string_view>

#include "report/place.h"
#include "report/style.h"
#include "scan/scan.h"

namespace restorable::report {

// What a report shows, and how.
struct View {
  bool undetermined = false;  // also findings that could not be decided
  bool suppressed = false;    // also findings that do not count
  bool verbose = false;       // also what was skipped, each with its reason, and remarks
  bool quiet = false;         // no summary
  Style style;                // of text
  Roots roots;
};

// Whether reports for people list the finding.
[[nodiscard]] bool IsShown(const policy::Finding& finding, const View& view);

std::string WriteText(const scan::Report& report, const View& view);
std::string WriteJson(const scan::Report& report, const View& view);
std::string WriteSarif(const scan::Report& report, const View& view);
std::string WriteJunit(const scan::Report& report, const View& view);
std::string WriteCheckstyle(const scan::Report& report, const View& view);
std::string WriteGithub(const scan::Report& report, const View& view);
std::string WriteGitlab(const scan::Report& report, const View& view);
std::string WriteAzureDevops(const scan::Report& report, const View& view);
std::string WriteMarkdown(const scan::Report& report, const View& view);

struct Format {
  std::string_view name;
  std::string_view description;
  std::string (*write)(const scan::Report& report, const View& view);
};

inline constexpr Format kFormats[] = {
    {"text", "code frames, for people", WriteText},
    {"json", "everything, stable under its version", WriteJson},
    {"sarif", "SARIF 2.1.0, for code scanning", WriteSarif},
    {"junit", "JUnit XML, a case per finding", WriteJunit},
    {"checkstyle", "Checkstyle XML, for editors", WriteCheckstyle},
    {"github", "GitHub workflow commands: annotations", WriteGithub},
    {"gitlab", "GitLab Code Quality", WriteGitlab},
    {"azuredevops", "Azure Pipelines logging commands", WriteAzureDevops},
    {"markdown", "a table for a job summary or a comment", WriteMarkdown},
};

// nullptr for a name that no format has.
[[nodiscard]] const Format* FindFormat(std::string_view name);

}  // namespace restorable::report
