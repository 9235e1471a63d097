#include "analysis/comparison/replicates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <seedbed/error.hpp>

#include "analysis/comparison/curves.hpp"
#include "store/statistic.hpp"

namespace seedbed::comparison {

namespace {

namespace fs = std::filesystem;

fs::path file_of(const fs::path& given) {
  const fs::path file = fs::is_directory(given) ? given / "results.h5" : given;
  if (!fs::exists(file))
    throw Error(file.string() +
                ": expected collected results, got nothing of this name (seedbed collect DIR)");
  return file;
}

double finite_or_nan(double x) {
  return std::isfinite(x) ? x : nan;
}

}  // namespace

std::string Group::label() const {
  std::string text;
  for (const auto& [axis, name] : coordinates)
    text += (text.empty() ? "" : ",") + axis + "=" + name;
  return text;
}

std::size_t Group::missing() const {
  return static_cast<std::size_t>(std::ranges::count(present, false));
}

std::size_t Group::broken() const {
  std::size_t count = 0;
  for (std::size_t r = 0; r < values.size(); ++r) count += present[r] && std::isnan(values[r]);
  return count;
}

ResultsFile::ResultsFile(const fs::path& folder_or_file)
    : path_(file_of(folder_or_file)), results_(path_), reader_(path_) {}

bool ResultsFile::shares_noise_with(const ResultsFile& other) const {
  return has_common_noise() && other.has_common_noise() && !results_.seed().empty() &&
         results_.seed() == other.results_.seed();
}

std::vector<std::string> ResultsFile::metrics(const analysis::Stage& stage) const {
  std::vector<std::string> names;
  for (const std::string& name : reader_.names("/" + stage.name)) {
    const std::string path = "/" + stage.name + "/" + name;
    if (reader_.type(path) != Reader::Type::real || name == "present" || name == "in_sweep")
      continue;
    auto dims = reader_.dimensions(path);
    const auto rest = std::ranges::find(dims, "replicate");
    if (rest == dims.end()) continue;
    dims.erase(dims.begin(), rest + 1);
    if (dims.empty() || dims == std::vector<std::string>{"iteration"} ||
        dims == std::vector<std::string>{"estimator"})
      names.push_back(name);
  }
  if (stage.kind == "learn" && std::ranges::count(names, "return_mean")) names.push_back("area");
  return names;
}

std::vector<double> ResultsFile::column(const std::string& path, const analysis::Stage& stage,
                                        std::size_t cell, std::size_t per_replicate) const {
  std::vector<std::uint64_t> offset, count(stage.axes.size(), 1);
  for (const std::size_t at : stage.place(cell)) offset.push_back(at);
  offset.push_back(0);
  count.push_back(stage.replicates);
  if (per_replicate > 0) {
    offset.push_back(0);
    count.push_back(per_replicate);
  }
  return reader_.reals(path, offset, count);
}

Group ResultsFile::empty_group(const analysis::Stage& stage, std::size_t cell) const {
  Group group;
  const auto place = stage.place(cell);
  for (std::size_t i = 0; i < place.size(); ++i)
    group.coordinates.emplace_back(stage.axes[i].name, stage.axes[i].labels[place[i]]);
  for (const double is_there : column("/" + stage.name + "/present", stage, cell, 0))
    group.present.push_back(is_there != 0);
  return group;
}

void ResultsFile::add_curve(const std::string& path, const analysis::Stage& stage, std::size_t cell,
                            StageSample& sample) const {
  const auto iteration = reader_.reals("/" + stage.name + "/iteration");
  const Curves curves(column(path, stage, cell, iteration.size()), stage.replicates);
  Group group = empty_group(stage, cell);
  // Rationale: a curve that broke off may be the longest of its cell, and whole by its looks.
  const auto broke_off = results_.broke_off(stage, cell);
  for (std::size_t r = 0; r < stage.replicates; ++r) {
    const double value =
        sample.metric.name == "area" ? curves.mean_height(r, iteration) : curves.final_value(r);
    group.values.push_back(broke_off[r] ? nan : finite_or_nan(value));
  }
  group.curve = curves.medians(group.present);
  sample.groups.push_back(std::move(group));
}

void ResultsFile::add_numbers(const std::string& path, const analysis::Stage& stage,
                              std::size_t cell, StageSample& sample) const {
  const bool by_estimator = reader_.dimensions(path).back() == "estimator";
  const auto estimators =
      by_estimator ? reader_.texts("/" + stage.name + "/estimator") : std::vector<std::string>{""};
  const auto data = column(path, stage, cell, by_estimator ? estimators.size() : 0);
  for (std::size_t e = 0; e < estimators.size(); ++e) {
    Group group = empty_group(stage, cell);
    if (by_estimator) group.coordinates.emplace_back("estimator", estimators[e]);
    for (std::size_t r = 0; r < stage.replicates; ++r)
      group.values.push_back(finite_or_nan(data[r * estimators.size() + e]));
    sample.groups.push_back(std::move(group));
  }
}

std::optional<StageSample> ResultsFile::sample(const analysis::Stage& stage,
                                               const std::string& asked) const {
  const std::string metric = asked.empty() ? usual_metric(stage.kind) : asked;
  if (!std::ranges::count(metrics(stage), metric)) return std::nullopt;
  const std::string path = "/" + stage.name + "/" + (metric == "area" ? "return_mean" : metric);
  StageSample sample{stage.name,
                     stage.kind,
                     0,
                     metric_of(metric, reader_.text_attribute(path, "units").value_or("1")),
                     {}};
  while (stages()[sample.place].name != stage.name) ++sample.place;
  for (std::size_t cell = 0; cell < stage.cells(); ++cell) {
    if (!stage.has(cell)) continue;
    if (reader_.dimensions(path).back() == "iteration")
      add_curve(path, stage, cell, sample);
    else
      add_numbers(path, stage, cell, sample);
  }
  return sample;
}

std::optional<StageSample> ResultsFile::reach(const analysis::Stage& stage, double level) const {
  const std::string steps_path = "/" + stage.name + "/env_steps";
  auto sample = this->sample(stage, "return_mean");
  if (!sample || sample->kind != "learn" || !reader_.has(steps_path)) return std::nullopt;
  sample->metric = steps_to(level);
  std::size_t cell = 0;
  for (Group& group : sample->groups) {
    while (!stage.has(cell)) ++cell;
    const auto iterations = reader_.shape("/" + stage.name + "/iteration")[0];
    const Curves returns(column("/" + stage.name + "/return_mean", stage, cell, iterations),
                         stage.replicates),
        steps(column(steps_path, stage, cell, iterations), stage.replicates);
    const auto broke_off = results_.broke_off(stage, cell++);
    for (std::size_t r = 0; r < stage.replicates; ++r) {
      statistics::Reach& reach = group.reach.emplace_back(returns.first_at(level, steps, r));
      if (!reach.reached && broke_off[r]) reach.steps = std::numeric_limits<double>::infinity();
    }
  }
  return sample;
}

}  // namespace seedbed::comparison
