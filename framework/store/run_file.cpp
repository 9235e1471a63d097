#include "store/run_file.hpp"

#include <cassert>

namespace seedbed {

using Kind = Writer::Kind;

RunFile::RunFile(std::filesystem::path path, const RunHeader& header, Compression compression)
    : writer_(std::make_unique<Writer>(std::move(path), compression)) {
  writer_->attribute("/", "title", header.title);
  writer_->attribute("/", "task", header.task);
  writer_->label(header.task);
  writer_->attribute("/", "stage", header.stage);
  writer_->attribute("/", "stage_kind", header.stage_kind);
  writer_->attribute("/", "cell", header.cell);
  writer_->attribute("/", "replicate", header.replicate);
  for (const auto& [name, text] : header.provenance)
    writer_->text("/provenance/" + name, text, name);
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
  const Dimensions moments{"iteration", "estimator", "parameter"};
  writer_->growing_scale("/gradient/iteration", {"1", "iteration"});
  writer_->scale("/gradient/estimator", estimators, {"1", "estimator"});
  writer_->scale("/gradient/parameter", parameters, {"1", "parameter of the policy"});
  writer_->growing("/gradient/mean", Kind::real, moments, {"reward", "mean of the contributions"});
  writer_->growing("/gradient/variance", Kind::real, moments,
                   {"reward2", "variance of a contribution, per parameter"});
  writer_->growing("/gradient/count", Kind::integer, {"iteration", "estimator"},
                   {"1", "number of contributions"});
  writer_->show("/gradient", "mean", {"iteration", ".", "."});
  has_contributions_ = units > 0;
  if (units == 0) return;
  std::vector<std::int64_t> numbers(units);
  for (std::uint64_t i = 0; i < units; ++i) numbers[i] = static_cast<std::int64_t>(i);
  writer_->scale("/gradient/unit", numbers, {"1", "unit of sampling"});
  writer_->growing("/gradient/contribution", Kind::real,
                   {"iteration", "estimator", "unit", "parameter"},
                   {"reward", "contribution of one unit; their mean is the gradient"});
}

void RunFile::append_gradient(std::int64_t iteration, std::span<const double> mean,
                              std::span<const double> variance,
                              std::span<const std::int64_t> count,
                              std::span<const double> contribution) {
  assert(mean.size() == variance.size());
  writer_->append("/gradient/iteration", std::span<const std::int64_t>(&iteration, 1));
  writer_->append("/gradient/mean", mean);
  writer_->append("/gradient/variance", variance);
  writer_->append("/gradient/count", count);
  if (has_contributions_) writer_->append("/gradient/contribution", contribution);
}

void RunFile::record_policy(const std::vector<std::string>& parameters) {
  writer_->growing_scale("/policy/checkpoint", {"1", "iterations done before this checkpoint"});
  writer_->scale("/policy/parameter", parameters, {"1", "parameter of the policy"});
  writer_->growing("/policy/theta", Kind::real, {"checkpoint", "parameter"},
                   {"1", "parameters of the policy"});
  writer_->show("/policy", "theta", {"checkpoint", "."});
}

void RunFile::append_checkpoint(std::int64_t iteration, std::span<const double> theta) {
  writer_->append("/policy/checkpoint", std::span<const std::int64_t>(&iteration, 1));
  writer_->append("/policy/theta", theta);
}

void RunFile::record_trajectories(const ComponentNames& observation, const ComponentNames& action) {
  trajectories_.emplace(*writer_, observation, action);
}

void RunFile::append_episodes(std::int64_t iteration, const EpisodeBlock& block) {
  assert(trajectories_);
  trajectories_->append(iteration, block);
}

void RunFile::finish(const std::string& status) {
  for (const auto& each : series_) each->flush();
  writer_->attribute("/", "status", status);
  writer_->publish();
}

}  // namespace seedbed
