#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "proof/child.hpp"
#include "store/comparison.hpp"

namespace seedbed {

/// What came of making a run file again from itself.
struct Reproduction {
  std::filesystem::path run_file;
  Comparison comparison;              ///< Of everything but /timing and /provenance.
  std::vector<std::string> warnings;  ///< Plugins that were taken for their names.
  std::vector<std::string> changes;   ///< Between then and now, in build and plugins.
  std::string failure;                ///< Why it could not be made again; "": it was.
  int exit = 0;                       ///< 0: the same bits; 4: others; 3, 5, ...: as in error.hpp.
  double seconds = 0.0;
};

/// In the child process: runs the run file again from itself alone, as `folder`/remade.h5.
std::vector<std::string> remake(const std::filesystem::path& run_file, const SearchPath& path,
                                const std::filesystem::path& folder);

/// Makes `run_file` again in a child process and compares. `child` is what starts one: the work
/// folder is added to its arguments. With `keep`, the remade file is left there. Throws nothing
/// that is about the run file.
Reproduction reproduce(const std::filesystem::path& run_file, const ChildCommand& child,
                       const std::filesystem::path& keep = {});

/// The run files below a folder of results, in order; a run file stands for itself. Throws Error
/// (exit 2) when there is none.
std::vector<std::filesystem::path> run_files_below(const std::filesystem::path& path);

/// Several at a time, each in a child of its own. `report` is called in the order of the files.
void reproduce_all(const std::vector<std::filesystem::path>& run_files, unsigned jobs,
                   const ChildCommand& child,
                   const std::function<void(const Reproduction&)>& report,
                   const std::filesystem::path& keep = {});

}  // namespace seedbed
