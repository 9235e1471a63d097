#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace seedbed {

/// A suite as a job array of Slurm: task i of n runs slice i/n, and a job that depends on the array
/// collects. Every path is absolute: compute nodes see the same files.
struct SlurmJob {
  std::filesystem::path program, suite, output;
  std::vector<std::string> run_options;  ///< of `seedbed run`, beside suite, output, slice and jobs
  std::vector<std::pair<std::string, std::string>> variables;  ///< exported before the program
  std::string name;
  std::size_t slices = 1;
  std::size_t at_once = 0;  ///< tasks of the array that run at a time; 0: Slurm decides
  std::uint64_t cpus = 1;   ///< per task, and workers of it
  std::string time, memory, partition, account;  ///< as sbatch takes them; "": Slurm's default
  bool requeue = false;             ///< a task whose time is over goes back into the queue
  std::vector<std::string> sbatch;  ///< further options, for both jobs
};

/// Throws Error (exit 2) where a time limit, a memory size or a text is none that sbatch takes.
void check(const SlurmJob& job);

/// Seconds of a time limit in one of Slurm's forms: 90, 90:00, 1:30:00, 1-12, 1-12:30, 1-12:30:00.
/// Throws Error for anything else.
std::uint64_t slurm_seconds(const std::string& time);

/// "8", or "8%2": the number of slices, and how many at a time. Throws Error for anything else.
std::pair<std::size_t, std::size_t> slurm_array(const std::string& text);

/// The batch script of the array: `sbatch FILE`. A minute before its time is over (a tenth of a
/// limit that is shorter than ten) Slurm sends USR1, and the run stops at a checkpoint. With the
/// word `first` behind FILE, a task that has to wait for other slices counts as done.
std::string array_script(const SlurmJob& job);
/// The batch script of the job that collects, for `sbatch --dependency=afterany:<array> FILE`:
/// after any end of the array, since it says what is missing.
std::string collect_script(const SlurmJob& job);

/// How the scripts are submitted, for as many waves as the suite has (Slicing::waves): arguments of
/// sbatch, of which "<id>" is the id of the job before.
std::vector<std::vector<std::string>> submissions(const std::filesystem::path& array,
                                                  const std::filesystem::path& collect,
                                                  std::size_t waves);

/// Ids of the jobs that were submitted.
struct SlurmSubmission {
  std::vector<std::string> arrays;  ///< one for each wave; each depends on the one before it
  std::string collect;
};

/// Calls sbatch with each. Throws Error (exit 1) with what it said.
SlurmSubmission submit(const std::vector<std::vector<std::string>>& submissions);

}  // namespace seedbed
