#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/noise.hpp"
#include "runner/noise_key.hpp"
#include "runner/theta_input.hpp"
#include "store/run_file.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// One task: a replicate of a cell. The result is a function of (cell, seed, replicate, theta) but
/// for `execution`, which goes below /timing.
struct Replicate {
  const Suite& suite;
  std::size_t stage, cell;
  std::uint64_t number;
  std::string task;  ///< identity (suite/plan.hpp)
  std::vector<std::pair<std::string, std::string>> provenance, execution;
  NoiseKey noise;
  std::optional<ThetaInput> theta;  ///< Of another task; nothing: as the configuration says.
  double checkpoint_every = 60.0;   ///< Seconds between segments of a long run; 0: each iteration.

  const Stage& stage_of() const { return suite.stages[stage]; }
  const Cell& cell_of() const { return stage_of().cells[cell]; }
  Configuration configuration() const;  ///< Of the cell, with the theta that it takes filled in.
  std::int64_t checkpoint() const;      ///< Updates made before theta_0; 0 where it is no other's.
};

/// How the work at a replicate ended: its run file is there; it was asked to stop before; or a
/// segment turned out to be damaged, and the rest can be taken up again.
enum class Ending { done, stopped, again };

/// Runs the replicate, from where an earlier execution left it, and publishes its run file as
/// `path`, unless stop_requested() comes first. What is wrong with segments goes to standard error.
/// Throws Error; then there is no file, but segments may be there. A replicate whose theta diverged
/// has nothing to measure: its file says `diverged`, too, and has no numbers.
Ending run_replicate(const Replicate& replicate, const std::filesystem::path& path);

/// The kinds of stage (learn_replicate.cpp, gradient_replicate.cpp, evaluate_replicate.cpp).
Ending run_learn(const Replicate& replicate, RunFile& file);
Ending run_gradient(const Replicate& replicate, RunFile& file);
Ending run_evaluate(const Replicate& replicate, RunFile& file);

inline Noise noise_of(const Replicate& replicate) {
  return noise_of(replicate.noise);
}

/// "W[0,1]": the names of theta's components, from the policy's blocks.
std::vector<std::string> parameter_names(const seedbed_policy_info& info);
ComponentNames component_names(const seedbed_space& space);
/// "reward-to-go+leave-one-out": names of the estimators of a configuration, each only once.
std::vector<std::string> estimator_names(const Configuration& configuration);

/// Wall and CPU seconds since it was made.
class Stopwatch {
 public:
  Stopwatch();
  double wall() const;
  double cpu() const;

 private:
  double wall_, cpu_;
};

}  // namespace seedbed
