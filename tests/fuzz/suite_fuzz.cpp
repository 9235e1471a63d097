#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <seedbed/error.hpp>
#include <sstream>

#include "suite/condition.hpp"
#include "suite/plan.hpp"

namespace {

using namespace seedbed;

/// The rests of the lines that begin with `word`: "#--set " and "#--only " are the command line.
std::vector<std::string> lines_after(const std::string& word, const std::string& text) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.rfind(word, 0) == 0) found.push_back(line.substr(word.size()));
  return found;
}

Vocabulary vocabulary_of(const Suite& suite) {
  Vocabulary vocabulary{{"stage", {}}, {"cell", {}}, {"replicate", {}}};
  for (const Stage& stage : suite.stages)
    for (const Axis& axis : stage.axes) vocabulary[axis.name] = axis.labels;
  return vocabulary;
}

/// Everything that is made of a suite before anything is run.
void read(const std::filesystem::path& path, const std::string& text, const Registry& registry) {
  const Suite suite = read_suite(path, lines_after("#--set ", text), registry);
  const Plan plan = make_plan(suite);
  to_dot(suite, plan);
  for (const std::string& only : lines_after("#--only ", text))
    Condition(only, vocabulary_of(suite)).holds([](const std::string& name) { return name; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry(std::vector<std::filesystem::path>{SEEDBED_PLUGINS});
  static const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("fuzz-" + std::to_string(::getpid()) + ".toml");
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::ofstream(path, std::ios::binary) << text;
  try {
    read(path, text, registry);
  } catch (const Error& error) {  // anything else ends the program, and is a finding
    if (error.exit() != Exit::usage && error.exit() != Exit::plugin) std::abort();
    if (!*error.what()) std::abort();
  }
  return 0;
}
