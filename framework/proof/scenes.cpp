#include "proof/scenes.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <seedbed/error.hpp>
#include <set>

#include "diagnostics/evenly.hpp"
#include "engine/decision_problem.hpp"
#include "engine/picture.hpp"
#include "proof/episode.hpp"
#include "proof/rebuilt.hpp"
#include "runner/replicate.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr const char* scenes_file = "scenes.json";
constexpr std::size_t most_cells = 8, most_frames = 200, most_seconds = 20;

/// The first episode of the first, the middle and the last recorded iteration; of one iteration
/// its first, middle and last episode.
std::set<std::uint64_t> rows_to_draw(const Reader& run) {
  const auto iteration = run.integers("/trajectories/iteration");
  std::vector<std::uint64_t> firsts;
  for (std::uint64_t row = 0; row < iteration.size(); ++row)
    if (row == 0 || iteration[row] != iteration[row - 1]) firsts.push_back(row);
  if (firsts.size() == 1)
    for (std::uint64_t row = 1; row < iteration.size(); ++row) firsts.push_back(row);
  if (firsts.empty()) return {};
  return {firsts.front(), firsts[firsts.size() / 2], firsts.back()};
}

Json names_of(const ComponentNames& components) {
  Json all = Json::array();
  for (std::size_t c = 0; c < components.names.size(); ++c)
    all.push_back({{"name", components.names[c]}, {"unit", components.units[c]}});
  return all;
}

Json json_of(const Picture& picture) {
  Json all = Json::array();
  for (const Stroke& stroke : picture)
    all.push_back({{"kind", static_cast<int>(stroke.kind)},
                   {"ink", stroke.ink},
                   {"numbers", stroke.numbers},
                   {"words", stroke.words}});
  return all;
}

Json frames_of(const Episode& episode, const Instance& environment) {
  const std::size_t T = episode.reward.size(), o = episode.final_observation.size(),
                    a = T ? episode.action.size() / T : 0;
  std::vector<double> reward_sum(T + 1, 0.0);
  for (std::size_t t = 0; t < T; ++t) reward_sum[t + 1] = reward_sum[t] + episode.reward[t];
  Json frames = Json::array();
  for (const std::size_t t : evenly(T + 1, most_frames)) {
    const double* observation =
        t < T ? episode.observation.data() + t * o : episode.final_observation.data();
    const double* action = t < T ? episode.action.data() + t * a : nullptr;
    Json frame{{"step", t},
               {"reward_sum", reward_sum[t]},
               {"observation", std::vector<double>(observation, observation + o)},
               {"picture", json_of(picture_of(environment, observation, action))}};
    if (action) frame["action"] = std::vector<double>(action, action + a);
    frames.push_back(std::move(frame));
  }
  return frames;
}

Json episodes_of(const Reader& run, const Instance& environment) {
  const auto iteration = run.integers("/trajectories/iteration");
  Json all = Json::array();
  for (const std::uint64_t row : rows_to_draw(run)) {
    const Episode episode = read_episode(run, row);
    all.push_back({{"iteration", iteration[row]},
                   {"return", episode.episode_return},
                   {"steps", episode.reward.size()},
                   {"terminated", episode.terminated},
                   {"frames", frames_of(episode, environment)}});
  }
  return all;
}

/// The run file of a cell's first replicate.
struct FirstRun {
  std::string stage, cell;
  fs::path file;
};

/// A column of /tasks for each axis of a sweep: its label, "" of a stage that has it not.
struct AxisColumn {
  std::string name;
  std::vector<std::string> labels;
};

const std::set<std::string> of_every_task{"row",  "stage",  "cell", "replicate",
                                          "task", "status", "file"};

std::vector<AxisColumn> axes_of(const Reader& reader) {
  std::vector<AxisColumn> axes;
  for (const std::string& name : reader.names("/tasks"))
    if (!of_every_task.contains(name))
      axes.push_back({reader.text_attribute("/tasks/" + name, "long_name").value_or(name),
                      reader.texts("/tasks/" + name)});
  return axes;
}

/// "estimator reinforce, optimizer.step 1e-3"; "" without axes.
std::string label_of(const std::vector<AxisColumn>& axes, std::size_t row) {
  std::string label;
  for (const AxisColumn& axis : axes)
    if (!axis.labels[row].empty())
      label += (label.empty() ? "" : ", ") + axis.name + " " + axis.labels[row];
  return label;
}

/// The first replicates whose files are there.
std::vector<FirstRun> first_runs(const fs::path& results_h5, const fs::path& folder) {
  const Reader reader(results_h5);
  const auto stage = reader.texts("/tasks/stage"), file = reader.texts("/tasks/file");
  const auto replicate = reader.integers("/tasks/replicate");
  const std::vector<AxisColumn> axes = axes_of(reader);
  std::vector<FirstRun> all;
  for (std::size_t row = 0; row < file.size(); ++row)
    if (replicate[row] == 0 && fs::exists(folder / file[row]))
      all.push_back({stage[row], label_of(axes, row), folder / file[row]});
  return all;
}

bool has_episodes(const fs::path& run_file) {
  const Reader run(run_file);
  return run.has("/trajectories/iteration") && run.shape("/trajectories/iteration")[0] > 0;
}

Json drawn_by_child(const FirstRun& run, const ChildCommand& child) {
  const WorkFolder folder;
  ChildCommand command = child;
  command.arguments.insert(command.arguments.end(),
                           {run.file.string(), "--child", folder.path().string()});
  command.seconds = most_seconds;
  run_child(command, folder);
  std::ifstream file(folder.path() / scenes_file);
  return Json::parse(file);
}

}  // namespace

std::vector<std::string> draw_scenes_in(const fs::path& run_file, const SearchPath& path,
                                        const fs::path& folder) {
  const Recipe recipe = read_recipe(run_file);
  const Reader run(run_file);
  const Rebuilt rebuilt(recipe, path, folder);
  const DecisionProblem problem(rebuilt.configuration());
  const Instance& environment = problem.environment();
  Json scenes{{"environment", std::string(environment.plugin().name())}};
  if (draws(environment)) {
    scenes["view"] = view_of(environment);
    scenes["observation"] = names_of(component_names(*problem.environment_info().observation));
    scenes["action"] = names_of(component_names(*problem.environment_info().action));
    scenes["episodes"] = episodes_of(run, environment);
  }
  std::ofstream written(folder / scenes_file);
  written << scenes.dump(-1, ' ', false, Json::error_handler_t::replace) << std::flush;
  if (!written) throw Error("a full folder of temporary files", Exit::tasks_failed);
  return rebuilt.warnings();
}

std::vector<Scenes> recorded_scenes(const fs::path& results_h5, const fs::path& folder,
                                    const ChildCommand& child) {
  std::vector<Scenes> all;
  std::map<std::string, std::size_t> cells;
  for (const FirstRun& run : first_runs(results_h5, folder)) {
    if (cells[run.stage] == most_cells) continue;
    Scenes scenes{run.stage, run.cell, {}, ""};
    try {
      if (!has_episodes(run.file)) continue;
      scenes.drawn = drawn_by_child(run, child);
    } catch (const Error& error) {
      scenes.problem = error.what();
    }
    ++cells[run.stage];
    all.push_back(std::move(scenes));
  }
  return all;
}

}  // namespace seedbed
