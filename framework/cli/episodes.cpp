#include "cli/episodes.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <set>

#include "proof/scenes.hpp"

namespace seedbed {

void show_episodes(Report& report, const std::filesystem::path& results_h5,
                   const std::filesystem::path& folder,
                   const std::vector<std::string>& plugin_options) {
  ChildCommand child{std::filesystem::read_symlink("/proc/self/exe"), {"report"}};
  child.arguments.insert(child.arguments.end(), plugin_options.begin(), plugin_options.end());
  std::map<std::string, std::vector<analysis::CellEpisodes>> stages;
  std::set<std::string> said;
  for (const Scenes& scenes : recorded_scenes(results_h5, folder, child)) {
    stages[scenes.stage].push_back({scenes.cell, scenes.drawn, scenes.problem});
    if (!scenes.problem.empty() && said.insert(scenes.problem).second)
      fmt::print(stderr, "episodes of {}: {}\n", scenes.stage, scenes.problem);
  }
  for (const auto& [stage, cells] : stages) report.show_episodes(stage, cells);
}

}  // namespace seedbed
