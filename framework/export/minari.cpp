#include "export/minari.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "export/minari_space.hpp"
#include "export/output_folder.hpp"
#include "store/minari_file.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

constexpr const char* trajectories = "/trajectories/";
constexpr std::uint64_t steps_at_a_time = 65536;

/// The steps of whole episodes, read together.
class EpisodeReader {
 public:
  EpisodeReader(const Reader& run, const MinariArray& observation, const MinariArray& action)
      : run_(run),
        obs_(observation.size),
        act_(action.size),
        length_(run.integers(trajectories + std::string("row_size"))) {}

  std::size_t episodes() const { return length_.size(); }
  std::uint64_t steps() const { return first_step_; }

  /// Reads episodes from `first` on until there are enough steps; returns the one after the last.
  std::size_t read(std::size_t first) {
    std::size_t last = first;
    std::uint64_t steps = 0;
    do {
      if (length_[last] < 0)
        throw Error(run_.path().string() + ": expected lengths of episodes, got a negative one",
                    Exit::damaged);
      steps += static_cast<std::uint64_t>(length_[last++]);
    } while (last < length_.size() && steps < steps_at_a_time);
    observation_ = rows("observation", first_step_, steps, obs_);
    action_ = rows("action", first_step_, steps, act_);
    reward_ = run_.reals(trajectories + std::string("reward"), {first_step_}, {steps});
    log_prob_ = run_.reals(trajectories + std::string("log_prob"), {first_step_}, {steps});
    first_step_ += steps;
    read_episodes(first, last - first);
    first_ = first;
    at_ = 0;
    return last;
  }

  /// The next one of those that were read.
  MinariEpisode next() {
    const std::size_t i = id_ - first_;
    const auto T = static_cast<std::uint64_t>(length_[id_]);
    observations_.assign(observation_.data() + at_ * obs_, observation_.data() + (at_ + T) * obs_);
    observations_.insert(observations_.end(), final_.data() + i * obs_,
                         final_.data() + (i + 1) * obs_);
    MinariEpisode episode{static_cast<std::int64_t>(id_++),
                          noise_[i],
                          iteration_[i],
                          return_[i],
                          terminated_[i] != 0,
                          observations_,
                          {action_.data() + at_ * act_, T * act_},
                          {reward_.data() + at_, T},
                          {log_prob_.data() + at_, T}};
    at_ += T;
    return episode;
  }

 private:
  std::vector<double> rows(const char* name, std::uint64_t first, std::uint64_t count,
                           std::uint64_t size) const {
    return run_.reals(std::string(trajectories) + name, {first, 0}, {count, size});
  }
  void read_episodes(std::uint64_t first, std::uint64_t count) {
    const auto numbers = [&](const char* name) {
      return run_.integers(std::string(trajectories) + name, {first}, {count});
    };
    final_ = rows("final_observation", first, count, obs_);
    noise_ = numbers("noise_episode");
    iteration_ = numbers("iteration");
    terminated_ = numbers("terminated");
    return_ = run_.reals(trajectories + std::string("episode_return"), {first}, {count});
  }

  const Reader& run_;
  std::uint64_t obs_, act_, first_step_ = 0, at_ = 0;
  std::size_t first_ = 0, id_ = 0;
  std::vector<std::int64_t> length_, noise_, iteration_, terminated_;
  std::vector<double> observation_, action_, reward_, log_prob_, final_, return_, observations_;
};

std::string text_of(const Reader& run, const char* attribute) {
  return run.text_attribute("/", attribute).value_or("");
}

nlohmann::ordered_json metadata(const Reader& run, const MinariDataset& made,
                                const std::string& dataset_id, const fs::path& data) {
  const double megabytes = static_cast<double>(fs::file_size(data / "main_data.hdf5")) / 1e6;
  return {{"total_episodes", made.episodes},
          {"total_steps", made.steps},
          {"data_format", "hdf5"},
          {"observation_space", minari_space(run, "observation")},
          {"action_space", minari_space(run, "action")},
          {"dataset_id", dataset_id},
          {"algorithm_name", text_of(run, "cell")},
          {"description", text_of(run, "title")},
          {"minari_version", "0.5.3"},
          {"dataset_size", std::round(10 * megabytes) / 10},
          {"seedbed_task", text_of(run, "task")},
          {"seedbed_stage", text_of(run, "stage")},
          {"seedbed_replicate",
           static_cast<std::int64_t>(run.real_attribute("/", "replicate").value_or(0))}};
}

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file) throw Error(path.string() + ": expected to be writable", Exit::tasks_failed);
}

std::string versioned(const std::string& name) {
  const auto at = name.rfind("-v");
  const bool has = at != std::string::npos && at + 2 < name.size() &&
                   name.find_first_not_of("0123456789", at + 2) == std::string::npos;
  return has ? name : name + "-v0";
}

std::string permitted(std::string name) {
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-') c = '_';
  return name;
}

}  // namespace

MinariDataset export_minari(const fs::path& run_file, const fs::path& output,
                            std::string dataset_id, bool force) {
  const Reader run(run_file);
  if (!run.has("/trajectories/observation"))
    throw Error(run_file.string() +
                ": expected a run file with trajectories ([record] "
                "trajectories), got one without");
  OutputFolder folder(output, "data/metadata.json", force);
  if (dataset_id.empty()) dataset_id = versioned(folder.path().filename().string());
  const fs::path data = folder.building() / "data";
  fs::create_directory(data);
  const MinariArray observation = minari_array(run, "observation"),
                    action = minari_array(run, "action");
  MinariFile file(data / "main_data.hdf5", observation, action);
  EpisodeReader reader(run, observation, action);
  for (std::size_t id = 0; id < reader.episodes();)
    for (const std::size_t last = reader.read(id); id < last; ++id) file.append(reader.next());
  file.close();
  const MinariDataset made{folder.path(), reader.episodes(), reader.steps()};
  write_text(data / "metadata.json", metadata(run, made, dataset_id, data).dump(2) + "\n");
  folder.publish();
  return made;
}

std::vector<MinariDataset> export_minari_folder(const fs::path& results, const fs::path& output,
                                                bool force) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(results / "runs"))
    if (entry.path().extension() == ".h5" && entry.path().stem().extension().empty())
      files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<MinariDataset> made;
  for (const fs::path& file : files) {
    if (!Reader(file).has("/trajectories/observation")) continue;
    fs::path name = fs::relative(file, results / "runs");
    name.replace_extension();
    std::string id;
    for (const fs::path& part : name) id += (id.empty() ? "" : "/") + permitted(part.string());
    id = versioned(id);
    made.push_back(export_minari(file, output / id, id, force));
  }
  if (made.empty())
    throw Error(results.string() + ": expected run files with trajectories, got none");
  return made;
}

}  // namespace seedbed
