#include "runner/provenance.hpp"

#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "runner/build_info.hpp"
#include "runner/program_output.hpp"
#include "suite/plan.hpp"

namespace seedbed {

using Json = nlohmann::ordered_json;

namespace {

std::string build_json() {
  return Json{{"version", build_info::version},
              {"compiler", build_info::compiler},
              {"flags", build_info::flags},
              {"result_version", result_version}}
      .dump();
}

std::string noise_json(const Suite& suite) {
  return Json{{"generator", "Philox4x32-10"},
              {"key", "(seed, replicate)"},
              {"counter", "(purpose | block << 8, step, episode, iteration)"},
              {"seed", suite.seed},
              {"pairing", suite.common_noise ? "common" : "independent"}}
      .dump();
}

/// By name; the path is left out, so that the same build elsewhere gives the same text.
std::string plugins_json(const std::vector<const Cell*>& cells) {
  std::map<std::string, Json> libraries;
  for (const Cell* cell : cells)
    for (const Library* library : libraries_of(cell->configuration))
      libraries[library->path.filename()] = {{"sha256", library->sha256},
                                             {"compiler", library->table->compiler},
                                             {"isa", library->table->isa},
                                             {"version", library->table->descriptors[0]->version}};
  return Json(libraries).dump();
}

void add_git(Texts& texts, const std::filesystem::path& folder) {
  const auto git = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"-C", folder.string()});
    return program_output("git", arguments);
  };
  const auto commit = git({"rev-parse", "HEAD"});
  if (!commit) return;
  texts.emplace_back("git_commit", commit->substr(0, commit->find('\n')));
  if (const auto changes = git({"diff", "HEAD"})) texts.emplace_back("git_diff", *changes);
}

}  // namespace

Provenance::Provenance(const Suite& suite, const std::filesystem::path& suite_path)
    : suite_(suite) {
  shared_ = {{"suite", suite.text}, {"build", build_json()}, {"noise", noise_json(suite)}};
  const auto path = std::filesystem::absolute(suite_path);
  add_git(shared_, std::filesystem::is_directory(path) ? path : path.parent_path());
}

Texts Provenance::of(const Cell& cell) const {
  Texts texts = shared_;
  texts.emplace_back("resolved", cell.resolved);
  texts.emplace_back("plugins", plugins_json({&cell}));
  return texts;
}

Texts Provenance::of_suite() const {
  Texts texts = shared_;
  std::vector<const Cell*> cells;
  for (const Stage& stage : suite_.stages)
    for (const Cell& cell : stage.cells) cells.push_back(&cell);
  texts.emplace_back("resolved", suite_.resolved);
  texts.emplace_back("plugins", plugins_json(cells));
  return texts;
}

Texts execution(const std::vector<std::string>& argv) {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  const Json host{{"name", name}, {"threads", std::thread::hardware_concurrency()}};
  return {{"argv", Json(argv).dump()}, {"host", host.dump()}};
}

}  // namespace seedbed
