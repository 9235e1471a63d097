#include "analysis/report/pictures.hpp"

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <boost/process/search_path.hpp>
#include <iterator>

namespace seedbed::analysis {

namespace fs = std::filesystem;

namespace {

/// Runs Node on render.mjs; what it says of problems, "" when all went well.
std::string render(const fs::path& script, const fs::path& folder,
                   const std::vector<std::string>& names) {
  namespace process = boost::process;
  auto node = process::search_path("node");
  if (node.empty()) node = process::search_path("nodejs");
  if (node.empty()) return "no SVG, no PDF: expected node in PATH, got none";
  std::vector<std::string> arguments{script.string(), folder.string()};
  arguments.insert(arguments.end(), names.begin(), names.end());
  process::ipstream said;
  std::error_code failure;
  process::child child(node, process::args(arguments), process::std_out > process::null,
                       process::std_err > said, process::std_in < process::null, failure);
  if (failure) return "no SVG, no PDF: " + node.string() + ": " + failure.message();
  std::string problem{std::istreambuf_iterator<char>(said), {}};
  child.wait(failure);
  while (!problem.empty() && problem.back() == '\n') problem.pop_back();
  return problem;
}

}  // namespace

fs::path page_parts() {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "share/seedbed/page";
}

void remove_pictures(const fs::path& folder, const std::vector<std::string>& names) {
  std::error_code none;
  for (const std::string& name : names)
    for (const char* ending : {".svg", ".pdf"}) fs::remove(folder / (name + ending), none);
}

Pictures draw_pictures(const fs::path& folder, const std::vector<std::string>& names,
                       const fs::path& parts) {
  remove_pictures(folder, names);
  if (names.empty()) return {};
  if (!fs::exists(parts / "render.mjs"))
    return {{}, "no SVG, no PDF: this build has no Vega, which it takes from npm with Node.js"};
  Pictures made{{}, render(parts / "render.mjs", folder, names)};
  for (const std::string& name : names)
    for (const char* ending : {".svg", ".pdf"})
      if (fs::exists(folder / (name + ending))) made.files.push_back(folder / (name + ending));
  return made;
}

}  // namespace seedbed::analysis
