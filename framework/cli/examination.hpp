#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "loader/registry.hpp"

namespace seedbed {

enum class Health {
  ok,
  warn,  ///< works, with a loss that the finding names
  fail   ///< suites will not run
};

/// One thing that `seedbed doctor` looked at.
struct Finding {
  std::string what;  ///< "file locks"
  Health health = Health::ok;
  std::string found;   ///< What it is like here.
  std::string remedy;  ///< What to do; empty when ok.
};

using Findings = std::vector<Finding>;

/// "ok", "warn", "fail"
const char* health_name(Health health);

/// Processor, cores, memory, limits of this process, clock.
Findings examine_machine();
/// Locale, terminal, git, Slurm.
Findings examine_surroundings();
/// HDF5, and the plugins along the path.
Findings examine_program(const SearchPath& path);
/// Where results are to lie: writing, fsync, rename, locks and free space are tried, in the folder
/// or in the one above it that exists, and nothing is left there. In a folder of results also what
/// earlier runs left: partial files, segments, a lock that is held.
Findings examine_folder(const std::filesystem::path& folder);

}  // namespace seedbed
