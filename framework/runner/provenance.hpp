#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "suite/suite.hpp"

namespace seedbed {

using Texts = std::vector<std::pair<std::string, std::string>>;  ///< name, text

/// What decides the results of `cell`: suite and resolved configuration (TOML), build, plugins and
/// noise (JSON), and the commit and uncommitted changes of the suite's work tree, if it is in one.
/// The same bits wherever and however often it runs.
class Provenance {
 public:
  Provenance(const Suite& suite, const std::filesystem::path& suite_path);
  Texts of(const Cell& cell) const;
  Texts of_suite() const;  ///< For the collected file.

 private:
  Texts shared_;
  const Suite& suite_;
};

/// What is true of this execution only: host and command line. Kept below /timing.
Texts execution(const std::vector<std::string>& argv);

}  // namespace seedbed
