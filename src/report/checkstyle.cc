#include <fmt/format.h>

#include <map>

#include "report/entry.h"
#include "report/formats.h"
#include "report/xml.h"

namespace restorable::report {
namespace {

std::string ErrorElement(const Entry& entry, const std::optional<Place>& place) {
  std::string position;
  if (place) {
    position = fmt::format(" line=\"{}\" column=\"{}\"", place->begin.line, place->begin.column);
  }
  return fmt::format("    <error{} severity=\"{}\" message=\"{}\" source=\"restorable.{}\"/>\n",
                     position, Name(entry.severity), XmlText(entry.message), XmlText(entry.id));
}

}  // namespace

std::string WriteCheckstyle(const scan::Report& report, const View& view) {
  // What points nowhere is under the address of its resource, or the empty name.
  std::map<std::string_view, std::string> errors_of_file;
  for (const Entry& entry : ShownEntries(report, view)) {
    const auto place = FindPlace(report, entry.range);
    errors_of_file[place ? place->path : entry.address] += ErrorElement(entry, place);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const auto& [path, errors] : errors_of_file) {
    out += fmt::format("  <file name=\"{}\">\n{}  </file>\n", XmlText(path), errors);
  }
  return out + "</checkstyle>\n";
}

}  // namespace restorable::report
