#include "proof/replay.hpp"

#include <fstream>
#include <seedbed/error.hpp>

#include "proof/rebuilt.hpp"
#include "proof/recreation.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* episode_file = "episode.json";

std::vector<Checkpoint> checkpoints_in(const Reader& file) {
  std::vector<Checkpoint> checkpoints;
  if (!file.has("/policy/theta")) return checkpoints;
  const auto iterations = file.integers("/policy/checkpoint");
  const std::uint64_t d = file.shape("/policy/theta").at(1);
  for (std::uint64_t i = 0; i < iterations.size(); ++i)
    checkpoints.push_back(
        {static_cast<std::uint64_t>(iterations[i]), file.reals("/policy/theta", {i, 0}, {1, d})});
  return checkpoints;
}

/// Numbers [step][component] as rows.
Json rows_of(const std::vector<double>& values, std::size_t components) {
  Json rows = Json::array();
  for (std::size_t i = 0; i + components <= values.size() && components; i += components)
    rows.push_back(
        std::vector<double>(values.begin() + static_cast<std::ptrdiff_t>(i),
                            values.begin() + static_cast<std::ptrdiff_t>(i + components)));
  return rows;
}

Json block_of(const ComponentNames& names, const std::vector<double>& values) {
  return {{"names", names.names},
          {"units", names.units},
          {"values", rows_of(values, names.names.size())}};
}

Json json_of(const EpisodePlace& place, const Recreation& made) {
  const Episode& e = made.episode;
  return {{"iteration", place.iteration},
          {"position", place.position},
          {"noise_episode", place.noise},
          {"antithetic", made.antithetic},
          {"from_iteration", made.from_iteration},
          {"iterations_run", made.iterations},
          {"steps", e.reward.size()},
          {"episode_return", e.episode_return},
          {"terminated", e.terminated},
          {"observation", block_of(made.observation, e.observation)},
          {"action", block_of(made.action, e.action)},
          {"reward", e.reward},
          {"log_prob", e.log_prob},
          {"final_observation", e.final_observation}};
}

void add_comparison(const Reader& file, const EpisodePlace& place, const Recreation& made,
                    Json& json) {
  json["compared"] = place.row.has_value();
  if (!place.row) return;
  const Episode stored = read_episode(file, *place.row);
  const auto difference = first_difference(stored, made.episode, made.observation, made.action);
  json["episode"] = *place.row;
  json["equal"] = !difference;
  json["numbers"] = stored.observation.size() + stored.action.size() + 2 * stored.reward.size() +
                    stored.final_observation.size() + 2;
  if (difference) json["difference"] = *difference;
}

}  // namespace

std::vector<std::string> recreate_in(const ReplayRequest& request, const SearchPath& path,
                                     const std::filesystem::path& folder) {
  const Recipe recipe = read_recipe(request.run_file);
  const Reader file(request.run_file);
  EpisodePlace place = request.iteration
                           ? place_of_position(file, *request.iteration, request.episode)
                           : place_of_row(file, request.episode);
  if (recipe.stage_kind == "evaluate") place.position = place.noise;
  const Rebuilt rebuilt(recipe, path, folder);
  const Recreation made =
      recreate(rebuilt.configuration(), rebuilt.noise(), place, checkpoints_in(file));
  Json json{{"file", request.run_file.string()}};
  json.update(json_of(place, made));
  add_comparison(file, place, made, json);
  json["warnings"] = rebuilt.warnings();
  std::ofstream written(folder / episode_file);
  written << json.dump(2, ' ', false, Json::error_handler_t::replace) << std::flush;
  if (!written) throw Error("a full folder of temporary files", Exit::tasks_failed);
  return rebuilt.warnings();
}

Json replay(const ReplayRequest& request, const ChildCommand& child) {
  const WorkFolder folder;
  ChildCommand command = child;
  command.arguments.insert(command.arguments.end(),
                           {request.run_file.string(), "--episode", std::to_string(request.episode),
                            "--child", folder.path().string()});
  if (request.iteration)
    command.arguments.insert(command.arguments.end(),
                             {"--iteration", std::to_string(*request.iteration)});
  run_child(command, folder);
  std::ifstream file(folder.path() / episode_file);
  return Json::parse(file);
}

}  // namespace seedbed
