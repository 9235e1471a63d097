#include "cli/episodes.hpp"

#include <map>

#include "proof/scenes.hpp"
#include "runner/worker.hpp"

namespace seedbed {

void show_episodes(Report& report, const std::filesystem::path& results,
                   const Arguments& arguments) {
  ChildCommand child{std::filesystem::read_symlink("/proc/self/exe"), {"report"}};
  for (const std::string& word : arguments.plugin_options()) child.arguments.push_back(word);
  std::map<std::string, std::vector<analysis::CellEpisodes>> stages;
  for (const Scenes& scenes : recorded_scenes(results, child))
    stages[scenes.stage].push_back({scenes.cell, scenes.drawn, scenes.problem});
  for (const auto& [stage, cells] : stages) report.show_episodes(stage, cells);
}

int draw_episodes_in_child(const Arguments& arguments) {
  limit_worker(static_cast<int>(arguments.number("call-record", 0)), 0);
  const std::filesystem::path folder = arguments.value("child");
  return serve_parent(folder, [&] {
    return draw_scenes_in(arguments.operand(0), arguments.plugin_path(), folder);
  });
}

}  // namespace seedbed
