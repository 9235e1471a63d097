#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "proof/recipe.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// A run that can be run again: the suite of one cell that a recipe stands for, read against the
/// plugins that were found for it. To be made in a process of its own: plugins are created.
class Rebuilt {
 public:
  /// Writes the suite and the files of its parameters into `folder`. Throws Error: exit 3 for a
  /// plugin that is not there or fails, exit 4 when these plugins make another configuration of it.
  Rebuilt(const Recipe& recipe, const SearchPath& path, const std::filesystem::path& folder);

  /// Of the one cell; theta that came from another run is filled in.
  const Configuration& configuration() const { return suite_.stages[0].cells[0].configuration; }
  Noise noise() const { return noise_of(recipe_.noise); }
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// Runs the replicate and publishes its run file, with the header of the first one and what is
  /// true now in /provenance. Throws Error.
  void run(const std::filesystem::path& path) const;

 private:
  void demand_same_configuration() const;
  Texts provenance() const;

  const Recipe& recipe_;
  std::vector<std::string> warnings_;
  Registry registry_;
  Suite suite_;
};

}  // namespace seedbed
