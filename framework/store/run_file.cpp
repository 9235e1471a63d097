#include "store/run_file.hpp"

#include <cassert>
#include <optional>

#include "store/provenance.hpp"

namespace seedbed {

using Kind = Writer::Kind;

namespace {

constexpr Declaration gradients_of_a_run[] = {
    {"/gradient/iteration", "iteration", "1", "iteration"},
    {"/gradient/estimator", "estimator", "1", "estimator"},
    {"/gradient/parameter", "parameter", "1", "parameter of the policy"},
    {"/gradient/unit", "unit", "1", "unit of sampling"},
    {"/gradient/mean", "iteration estimator parameter", "reward", "mean of the contributions"},
    {"/gradient/variance", "iteration estimator parameter", "reward2",
     "variance of a contribution, per parameter"},
    {"/gradient/count", "iteration estimator", "1", "number of contributions"},
    {"/gradient/contribution", "iteration estimator unit parameter", "reward",
     "contribution of one unit; their mean is the gradient"}};

constexpr Declaration policies_of_a_run[] = {
    {"/policy/checkpoint", "checkpoint", "1", "iterations done before this checkpoint"},
    {"/policy/parameter", "parameter", "1", "parameter of the policy"},
    {"/policy/theta", "checkpoint parameter", "1", "parameters of the policy"}};

const char *steps_so_far = "trajectories/steps", *episodes_so_far = "trajectories/episodes";

/// The one integer of this name, which the state has no longer; 0 where it had none.
std::int64_t take(std::optional<State>& state, const char* name) {
  if (!state) return 0;
  const auto found = state->numbers.extract(name);
  const auto* numbers = found ? std::get_if<std::vector<std::int64_t>>(&found.mapped()) : nullptr;
  return numbers && !numbers->empty() ? numbers->front() : 0;
}

}  // namespace

Declarations RunFile::gradient_datasets() {
  return gradients_of_a_run;
}

Declarations RunFile::policy_datasets() {
  return policies_of_a_run;
}

RunFile::RunFile(std::filesystem::path path, const RunHeader& header, Compression compression)
    : writer_(std::make_unique<Writer>(std::move(path), compression)),
      task_(header.task),
      segments_(find_segments(writer_->path(), task_)),
      steps_(take(segments_.state, steps_so_far)),
      episodes_(take(segments_.state, episodes_so_far)) {
  writer_->attribute("/", "title", header.title);
  writer_->attribute("/", "task", header.task);
  writer_->label(header.task);
  writer_->attribute("/", "stage", header.stage);
  writer_->attribute("/", "stage_kind", header.stage_kind);
  writer_->attribute("/", "cell", header.cell);
  writer_->attribute("/", "replicate", header.replicate);
  for (const auto& [name, text] : header.provenance) write_provenance(*writer_, name, text);
}

Series& RunFile::series(Declarations datasets) {
  std::vector<Column> columns;
  for (const Declaration& d : datasets.subspan(1))
    columns.push_back({d.name(), d.units, d.long_name});
  return series(datasets.front().group(), datasets.front().name(), std::move(columns));
}

Series& RunFile::series(const std::string& group, const std::string& scale,
                        std::vector<Column> columns) {
  assert(!columns.empty());
  writer_->show(group, columns.front().name, {scale});
  series_.push_back(std::make_unique<Series>(*writer_, group, scale, std::move(columns)));
  return *series_.back();
}

void RunFile::record_gradients(const std::vector<std::string>& estimators,
                               const std::vector<std::string>& parameters, std::uint64_t units) {
  const Declared to(*writer_, gradients_of_a_run);
  gradient_.iteration = to.growing_scale("/gradient/iteration");
  to.scale("/gradient/estimator", estimators);
  to.scale("/gradient/parameter", parameters);
  gradient_.mean = to.growing("/gradient/mean", Kind::real);
  gradient_.variance = to.growing("/gradient/variance", Kind::real);
  gradient_.count = to.growing("/gradient/count", Kind::integer);
  writer_->show("/gradient", "mean", {"iteration", ".", "."});
  has_contributions_ = units > 0;
  if (units == 0) return;
  std::vector<std::int64_t> numbers(units);
  for (std::uint64_t i = 0; i < units; ++i) numbers[i] = static_cast<std::int64_t>(i);
  to.scale("/gradient/unit", numbers);
  gradient_.contribution = to.growing("/gradient/contribution", Kind::real);
}

void RunFile::append_gradient(std::int64_t iteration, std::span<const double> mean,
                              std::span<const double> variance, std::span<const std::int64_t> count,
                              std::span<const double> contribution) {
  assert(mean.size() == variance.size());
  writer_->append(gradient_.iteration, std::span<const std::int64_t>(&iteration, 1));
  writer_->append(gradient_.mean, mean);
  writer_->append(gradient_.variance, variance);
  writer_->append(gradient_.count, count);
  if (has_contributions_) writer_->append(gradient_.contribution, contribution);
}

void RunFile::record_policy(const std::vector<std::string>& parameters) {
  const Declared to(*writer_, policies_of_a_run);
  checkpoint_ = to.growing_scale("/policy/checkpoint");
  to.scale("/policy/parameter", parameters);
  theta_ = to.growing("/policy/theta", Kind::real);
  writer_->show("/policy", "theta", {"checkpoint", "."});
}

void RunFile::append_checkpoint(std::int64_t iteration, std::span<const double> theta) {
  writer_->append(checkpoint_, std::span<const std::int64_t>(&iteration, 1));
  writer_->append(theta_, theta);
}

void RunFile::record_trajectories(const ComponentNames& observation, const ComponentNames& action) {
  trajectories_.emplace(*writer_, observation, action);
  trajectories_->go_on_from(steps_, episodes_);
}

void RunFile::append_episodes(std::int64_t iteration, const EpisodeBlock& block,
                              std::shared_ptr<const void> owner) {
  assert(trajectories_);
  if (owner)
    return writer_->defer(trajectories_->bytes(block),
                          [this, iteration, block, owner = std::move(owner)] {
                            trajectories_->append(iteration, block);
                          });
  writer_->wait();
  trajectories_->append(iteration, block);
}

void RunFile::publish_segment(std::int64_t end, State state) {
  if (end == segments_.end) return;  // nothing happened since
  for (const auto& each : series_) each->flush();
  writer_->wait();
  if (trajectories_) {
    state.numbers[steps_so_far] = std::vector{trajectories_->steps()};
    state.numbers[episodes_so_far] = std::vector{trajectories_->episodes()};
  }
  writer_->publish_part({segment_path(writer_->path(), segments_.count),
                         segment_label(task_, segments_.end, end),
                         std::move(state),
                         {{"status", "segment"},
                          {"segment", static_cast<std::int64_t>(segments_.count)},
                          {"segment_begin", segments_.end},
                          {"segment_end", end}}});
  ++segments_.count;
  segments_.end = end;
}

void RunFile::forget_saved() {
  remove_segments(writer_->path());
  segments_ = {0, 0, std::nullopt, std::move(segments_.discarded)};
  steps_ = episodes_ = 0;
  if (trajectories_) trajectories_->go_on_from(0, 0);
}

void RunFile::wait() {
  writer_->wait();
}

bool RunFile::finish(const std::string& status) {
  for (const auto& each : series_) each->flush();
  writer_->attribute("/", "status", status);
  writer_->wait();
  if (!join_segments()) return false;
  writer_->publish();
  remove_segments(writer_->path());
  return true;
}

bool RunFile::join_segments() {
  for (std::uint64_t i = 0; i < segments_.count; ++i) {
    const auto problem = writer_->append_part(segment_path(writer_->path(), i));
    if (!problem) continue;
    segments_.discarded.push_back(*problem + "; it and what comes after it is discarded");
    remove_segments(writer_->path(), i);
    return false;
  }
  return true;
}

}  // namespace seedbed
