// The least that a scan of YAML files can cost: finds the files under a directory, reads each and
// lets libyaml make its events, on as many threads as the process may use.
//
//   libyaml_events DIRECTORY
//
// Prints files, bytes and events.

#include <yaml.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/parallel.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> YamlFiles(const fs::path& directory) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".yaml" || path.extension() == ".yml") files.push_back(path);
  }
  return files;
}

std::string Read(const fs::path& path) {
  std::string text(fs::file_size(path), '\0');
  std::ifstream(path, std::ios::binary)
      .read(text.data(), static_cast<std::streamsize>(text.size()));
  return text;
}

// The events of a text up to its end or its first error.
std::size_t CountEvents(const std::string& text) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  std::size_t count = 0;
  bool more = true;
  while (more) {
    yaml_event_t event;
    more = yaml_parser_parse(&parser, &event) != 0 && event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    ++count;
  }
  yaml_parser_delete(&parser);
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: libyaml_events DIRECTORY\n", stderr);
    return 2;
  }
  const std::vector<fs::path> files = YamlFiles(argv[1]);
  std::atomic<std::size_t> bytes = 0;
  std::atomic<std::size_t> events = 0;
  restorable::ParallelFor(files.size(), 0, [&](std::size_t i, std::size_t) {
    const std::string text = Read(files[i]);
    bytes += text.size();
    events += CountEvents(text);
  });
  std::printf("%zu files, %zu bytes, %zu events\n", files.size(), bytes.load(), events.load());
}
