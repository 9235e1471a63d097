#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "suite/plan.hpp"

namespace seedbed {

/// Part `index` of `count` of a plan, from 1: what one of several runs on one results folder does.
struct Slice {
  std::size_t index = 1, count = 1;
  std::string text() const;  ///< "2/4"
  std::string name() const;  ///< "2-of-4", for files
};

/// The value of an environment variable; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
/// That of this process.
std::optional<std::string> variable(const std::string& name);

/// "2/4", or "auto": the place of this process among those of its job, by slice_of_job. Throws
/// Error (exit 2) for anything else.
Slice slice_named(const std::string& text, const Environment& environment = variable);

/// The place of this process among those of its job: the rank within the task of a job array
/// (OMPI_COMM_WORLD_RANK and _SIZE, else PMI_RANK and _SIZE, else SLURM_PROCID and SLURM_NTASKS),
/// and the task within its array (SLURM_ARRAY_TASK_ID with _MIN, _STEP, _COUNT), or both: task a of
/// A, rank r of R is slice a R + r + 1 of A R. Throws Error where none is set, and in a batch
/// script of several Slurm tasks, which has to start them with srun.
Slice slice_of_job(const Environment& environment);

/// How the tasks of a plan are cut into slices.
struct Slicing {
  std::vector<std::size_t> slice;  ///< of every task, from 1
  std::vector<std::size_t> wave;   ///< of every task, from 0: it waits for waves before it
  std::size_t waves = 1;
};

/// Cuts a plan into `count` slices: disjoint, whole, and the same on every machine, whatever is
/// done already. A task whose needs lie in one chain goes where they go. Others wait for several
/// chains (a stage that comes after another), so they come a wave later. Each wave is shared out by
/// cost: the dearest chain first, to the slice that has the least; so of no wave has a slice more
/// than the mean plus its dearest chain. `cost[i]` >= 0 of task i.
Slicing cut(const Plan& plan, const std::vector<double>& cost, std::size_t count);
/// The nominal cost of every task (suite/cost.hpp).
std::vector<double> nominal_costs(const Suite& suite, const Plan& plan);

/// Processors that this process may use: its affinity, divided by the processes beside it on the
/// node where they are not bound, and never more than its share of a Slurm job
/// (SLURM_CPUS_PER_TASK, else SLURM_CPUS_ON_NODE). At least 1.
unsigned processors(const Environment& environment = variable);

}  // namespace seedbed
