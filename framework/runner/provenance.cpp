#include "runner/provenance.hpp"

#include <seedbed/plugin.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "runner/build_info.hpp"
#include "runner/embedded_file.hpp"
#include "runner/noise_key.hpp"
#include "runner/work_tree.hpp"
#include "suite/plan.hpp"

namespace seedbed {

using Json = nlohmann::ordered_json;

namespace {

std::string build_json() {
  return Json{
      {"version", build_info::version},
      {"compiler", build_info::compiler},
      {"flags", build_info::flags},
      {"plugin_abi", std::to_string(SEEDBED_ABI_MAJOR) + "." + std::to_string(SEEDBED_ABI_MINOR)},
      {"result_version", result_version}}
      .dump();
}

/// A library by the name of its file; the path is left out, so that the same build elsewhere gives
/// the same text. Two libraries of one name are told apart by their hashes.
class Libraries {
 public:
  void add(const Configuration& configuration) {
    for (const Plugin* plugin : plugins_of(configuration)) add(*plugin);
  }
  std::string json() const { return Json(libraries_).dump(); }

 private:
  void add(const Plugin& plugin) {
    const Library& library = *plugin.library;
    std::string name = library.path.filename();
    if (const auto found = libraries_.find(name);
        found != libraries_.end() && found->second["sha256"] != library.sha256)
      name += " " + library.sha256.substr(0, 8);
    Json& entry = libraries_[name];
    if (entry.is_null())
      entry = {{"sha256", library.sha256},
               {"compiler", library.table->compiler},
               {"isa", library.table->isa},
               {"version", library.table->descriptors[0]->version},
               {"uses", Json::array()}};
    const std::string use = std::string(kind_name(plugin.kind())) + " " + plugin.descriptor->name;
    for (const Json& each : entry["uses"])
      if (each == use) return;
    entry["uses"].push_back(use);
  }

  std::map<std::string, Json> libraries_;
};

/// Of all cells: what /provenance/noise says in results.h5.
std::string noise_of_suite(const Suite& suite) {
  Json json = Json::parse(noise_json(noise_key(suite, 0, 0, 0)));
  for (const char* of_a_replicate : {"key", "replicate", "stage", "cell"})
    json.erase(of_a_replicate);
  return json.dump();
}

}  // namespace

Texts making_of(const Configuration& configuration, const std::string& resolved) {
  Libraries libraries;
  EmbeddedFiles files;
  libraries.add(configuration);
  files.add(configuration);
  return {{"resolved", resolved},
          {"plugins", libraries.json()},
          {"files", files.json()},
          {"build", build_json()}};
}

Provenance::Provenance(const Suite& suite, const std::filesystem::path& suite_path)
    : suite_(suite) {
  shared_ = {{"suite", suite.text}, {"overrides", Json(suite.overrides).dump()}};
  const auto path = std::filesystem::absolute(suite_path);
  for (auto& text : work_tree_of(std::filesystem::is_directory(path) ? path : path.parent_path()))
    shared_.push_back(std::move(text));
}

Texts Provenance::of(std::size_t stage, std::size_t cell, std::uint64_t replicate) const {
  const Cell& made = suite_.stages[stage].cells[cell];
  Texts texts = shared_;
  for (auto& text : making_of(made.configuration, made.resolved)) texts.push_back(std::move(text));
  texts.emplace_back("noise", noise_json(noise_key(suite_, stage, cell, replicate)));
  return texts;
}

Texts Provenance::of_suite() const {
  Libraries libraries;
  EmbeddedFiles files;
  for (const Stage& stage : suite_.stages)
    for (const Cell& cell : stage.cells) {
      libraries.add(cell.configuration);
      files.add(cell.configuration);
    }
  Texts texts = shared_;
  texts.insert(texts.end(), {{"resolved", suite_.resolved},
                             {"plugins", libraries.json()},
                             {"files", files.json()},
                             {"build", build_json()},
                             {"noise", noise_of_suite(suite_)}});
  return texts;
}

Texts execution(const std::vector<std::string>& argv) {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  const Json host{{"name", name}, {"threads", std::thread::hardware_concurrency()}};
  return {{"argv", Json(argv).dump()}, {"host", host.dump()}};
}

}  // namespace seedbed
