#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/decision_problem.hpp"
#include "store/run_file.hpp"

namespace seedbed {

/// A batch of which episodes are recorded; `hold` keeps it as it is until they are in the file.
struct RecordedBatch {
  const seedbed_batch& batch;
  const std::vector<double>& returns;  ///< of every episode
  std::shared_ptr<const void> hold;
};

/// Names what an episode of this problem is recorded with; once, before its episodes.
void declare_episodes(RunFile& file, const DecisionProblem& problem);

/// Records all episodes of a batch.
void record_episodes(RunFile& file, std::int64_t iteration, const RecordedBatch& from);

/// Records every k-th episode of a block of them: episode i of the batch has the number first + i;
/// recorded are the multiples of `every` > 0.
void record_episodes(RunFile& file, const RecordedBatch& from, std::size_t observation_size,
                     std::uint64_t first, std::uint64_t every);

}  // namespace seedbed
