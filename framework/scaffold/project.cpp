#include "scaffold/project.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <seedbed/error.hpp>

namespace seedbed {
namespace {

namespace fs = std::filesystem;

/// What CMake keeps for itself (policy CMP0037), and what `using namespace seedbed` brings in.
const std::vector<std::string> taken_by_cmake = {"all",     "clean",      "help", "install",
                                                 "package", "preinstall", "test"};
const std::vector<std::string> taken_by_headers = {"Baseline",    "BaselineInfo",
                                                   "Batch",       "Canvas",
                                                   "Cholesky",    "Context",
                                                   "Eights",      "EnvironmentInfo",
                                                   "Error",       "EstimatorInfo",
                                                   "Exit",        "Gradient",
                                                   "In",          "Info",
                                                   "Lane",        "LaneIn",
                                                   "LaneOut",     "MatrixView",
                                                   "Out",         "OuterSums",
                                                   "Pack",        "PackMask",
                                                   "PackOfLanes", "PackOfLastLanes",
                                                   "Parameter",   "Plan",
                                                   "Policy",      "PolicyInfo",
                                                   "PolicyUnder",
                                                   "Range",       "Samples",
                                                   "Scratch",     "SegmentRun",
                                                   "Segments",    "Simd",
                                                   "Softmax",     "SoftmaxOfTwo",
                                                   "Space",       "SpaceCoordinate",
                                                   "Step",        "StepSums",
                                                   "Targets",     "Trajectory",
                                                   "Values",      "View",
                                                   "Weights"};

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string filled(std::string text, const Project& project) {
  const std::pair<std::string, std::string> places[] = {{"{{name}}", project.name},
                                                        {"{{Name}}", struct_name(project.name)}};
  for (const auto& [place, word] : places)
    for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos; at += word.size())
      text.replace(at, place.size(), word);
  return text;
}

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder that is gone at the end unless it was moved to its place.
class Draft {
 public:
  explicit Draft(const fs::path& place)
      : place_(place), folder_(place.string() + ".new-" + std::to_string(::getpid())) {
    if (place.has_parent_path()) fs::create_directories(place.parent_path());
    fs::create_directory(folder_);
  }
  Draft(const Draft&) = delete;
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  void write(const fs::path& name, const std::string& text) const {
    std::ofstream out(folder_ / name, std::ios::binary);
    if (!(out << text).flush())
      throw Error((folder_ / name).string() + ": expected a file that can be written");
  }
  void publish() const { fs::rename(folder_, place_); }

 private:
  fs::path place_, folder_;
};

}  // namespace

std::string struct_name(const std::string& name) {
  std::string word;
  bool begins = true;
  for (const char letter : name) {
    if (letter == '-') {
      begins = true;
      continue;
    }
    word +=
        begins && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    begins = false;
  }
  return word;
}

void check_name(const std::string& name) {
  static const std::regex words("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  if (!std::regex_match(name, words))
    throw Error("name: expected lower-case words joined by '-', got '" + name + "'");
  if (contains(taken_by_cmake, name))
    throw Error("name: expected one that CMake does not keep for itself, got '" + name + "'");
  if (contains(taken_by_headers, struct_name(name)))
    throw Error("name: expected one that the headers of plugins leave free, got '" + name +
                "', whose struct would be " + struct_name(name));
}

void write_project(const Project& project, const fs::path& templates, const fs::path& folder) {
  check_name(project.name);
  const fs::path from = templates / project.kind;
  if (!fs::is_directory(from))
    throw Error(from.string() + ": expected the templates of a kind of plugin, got none");
  if (fs::exists(fs::symlink_status(folder)))
    throw Error(folder.string() + ": expected a folder that does not exist yet, got one that does");
  const Draft draft(folder);
  for (const fs::directory_entry& file : fs::directory_iterator(from))
    if (!file.is_regular_file())
      throw Error(file.path().string() + ": expected a template, got what is no file");
    else
      draft.write(filled(file.path().filename().string(), project),
                  filled(contents(file.path()), project));
  draft.publish();
}

}  // namespace seedbed
