#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "suite/suite.hpp"

namespace seedbed {

struct NoiseKey;
using Texts = std::vector<std::pair<std::string, std::string>>;  ///< name, text

/// What decides the results of a cell: `resolved` (TOML), `plugins`, `files` (contents of file
/// parameters, JSON) and `build`. A function of the cell and of this program.
Texts making_of(const Configuration& configuration, const std::string& resolved);

/// What a run file says of how it was made, enough to make it again: that, its noise, the suite as
/// it was asked for, and the commit and changes of the work tree that the suite is in, if any.
class Provenance {
 public:
  Provenance(const Suite& suite, const std::filesystem::path& suite_path);
  Texts of(std::size_t stage, std::size_t cell, std::uint64_t replicate) const;
  Texts of_suite() const;  ///< For the collected file.

 private:
  Texts shared_;
  const Suite& suite_;
};

/// What is true of this execution only: host and command line. Kept below /timing.
Texts execution(const std::vector<std::string>& argv);

}  // namespace seedbed
