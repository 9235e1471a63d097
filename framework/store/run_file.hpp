#pragma once
#include <memory>
#include <optional>
#include <utility>

#include "store/declaration.hpp"
#include "store/episodes.hpp"
#include "store/segments.hpp"
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
/// A long run is kept in segments until it is finished (publish_segment); a short one has none.
/// Parts that are never asked for are not in the file. All but /timing, and what the runner puts
/// into /provenance about the machine, is a function of the data, bit for bit.
class RunFile {
 public:
  RunFile(std::filesystem::path path, const RunHeader& header,
          Compression compression = Compression::none);

  /// Columns over a scale, such as ("/learning", "iteration", ...); shown in viewers by the first
  /// column. The reference lives as long as this object.
  Series& series(const std::string& group, const std::string& scale, std::vector<Column> columns);
  /// The same: the scale first, then its columns.
  Series& series(Declarations datasets);

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
  /// What `block` points to is read before this returns; where it has an owner, that keeps it as
  /// it is until it is let go, and it is read later, by the thread that writes.
  void append_episodes(std::int64_t iteration, const EpisodeBlock& block,
                       std::shared_ptr<const void> owner = nullptr);

  const std::filesystem::path& path() const { return writer_->path(); }
  /// Everything else, such as the moments of a gradient stage: scales, put(), attributes.
  Writer& writer() { return *writer_; }

  /// The state in which an earlier execution of this task left it; what that recorded is part of
  /// this file, and recording goes on from there.
  const std::optional<State>& saved() const { return segments_.state; }
  /// It does not fit: the segments are removed, and the file begins anew.
  void forget_saved();
  /// A line for each segment that is not used since it was damaged.
  const std::vector<std::string>& discarded() const { return segments_.discarded; }
  bool has_segments() const { return segments_.count > 0; }

  /// Publishes what was recorded since the last one as a segment, in the background. `end`:
  /// how far it goes, a number that grows; `state`: all that is needed to go on from there.
  void publish_segment(std::int64_t end, State state);
  void wait();  ///< For what goes on in the background.

  /// Writes @status ("done", or "diverged" for a learn run that ended early because something was
  /// not finite, and for one that has its theta) and publishes; where there are segments, after a
  /// last publish_segment() and joined. Without it the destructor leaves nothing behind but
  /// segments. False, and nothing published: a segment could not be read; it and those after it
  /// were removed (discarded()), and another RunFile takes the task up from those before.
  bool finish(const std::string& status = "done");

  /// What record_gradients and record_policy write.
  static Declarations gradient_datasets();
  static Declarations policy_datasets();

 private:
  bool join_segments();

  std::optional<Trajectories> trajectories_;  // the thread of the writer uses it
  std::unique_ptr<Writer> writer_;
  std::string task_;
  Segments segments_;
  std::int64_t steps_ = 0, episodes_ = 0;  ///< That the segments have.
  std::vector<std::unique_ptr<Series>> series_;
  struct GradientRows {
    Writer::Growth iteration, mean, variance, count, contribution;
  };
  GradientRows gradient_{};
  Writer::Growth checkpoint_{}, theta_{};
  bool has_contributions_ = false;
};

}  // namespace seedbed
