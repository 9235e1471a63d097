#pragma once
#include <memory>
#include <optional>
#include <utility>

#include "store/episodes.hpp"
#include "store/series.hpp"

namespace seedbed {

/// What a run file says about itself. `provenance`: name and text, as /provenance/<name>.
struct RunHeader {
  std::string title, task, stage, cell;
  std::int64_t replicate = 0;
  std::string stage_kind;  ///< "learn", "gradient" or "evaluate"
  std::vector<std::pair<std::string, std::string>> provenance;
};

/// One replicate of one cell: the layout of framework/store/README.md over a Writer.
///
/// Parts that are never asked for are not in the file. All but /timing, and what the runner puts
/// into /provenance about the machine, is a function of the data, bit for bit.
class RunFile {
 public:
  RunFile(std::filesystem::path path, const RunHeader& header,
          Compression compression = Compression::none);

  /// Columns over a scale, such as ("/learning", "iteration", ...); shown in viewers by the first
  /// column. The reference lives as long as this object.
  Series& series(const std::string& group, const std::string& scale, std::vector<Column> columns);

  /// /gradient of a learn stage. `units` > 0: contributions of so many units are kept too.
  void record_gradients(const std::vector<std::string>& estimators,
                        const std::vector<std::string>& parameters, std::uint64_t units = 0);
  /// mean, variance: [estimators][d]; count: [estimators];
  /// contribution: [estimators][units][d], not looked at when units is 0.
  void append_gradient(std::int64_t iteration, std::span<const double> mean,
                       std::span<const double> variance, std::span<const std::int64_t> count,
                       std::span<const double> contribution = {});

  /// /policy: theta [d] at some iterations.
  void record_policy(const std::vector<std::string>& parameters);
  void append_checkpoint(std::int64_t iteration, std::span<const double> theta);

  /// /trajectories.
  void record_trajectories(const ComponentNames& observation, const ComponentNames& action);
  void append_episodes(std::int64_t iteration, const EpisodeBlock& block);

  /// Everything else, such as the moments of a gradient stage: scales, put(), attributes.
  Writer& writer() { return *writer_; }

  /// Writes @status ("done", or "diverged" for a learn run that ended early because something was
  /// not finite, and for one that has its theta) and publishes. Without it the destructor leaves nothing behind.
  void finish(const std::string& status = "done");

 private:
  std::unique_ptr<Writer> writer_;
  std::vector<std::unique_ptr<Series>> series_;
  bool has_contributions_ = false;
  std::optional<Trajectories> trajectories_;
};

}  // namespace seedbed
