#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "proof/divergence.hpp"

namespace seedbed {

/// In what two result files differ: what was asked of them, then what came out.
struct RunDifference {
  std::filesystem::path first, second;
  std::string missing;               ///< "": both are there; else which file has no partner.
  std::vector<std::string> changes;  ///< Configuration, noise, plugins, build, place in the suite.
  std::uint64_t equal = 0, numbers = 0;  ///< Datasets that are equal, and the numbers in them.
  std::vector<Divergence> divergences;

  bool is_equal() const { return divergences.empty() && missing.empty(); }
  /// The divergence that comes first in time; the first of those without a time, else. Null: equal.
  const Divergence* earliest() const;
};

/// Two run files, or two results.h5. Everything but /timing is looked at; /provenance is what the
/// changes say. Throws Error (exit 5).
RunDifference difference_between(const std::filesystem::path& a, const std::filesystem::path& b);

/// Of two folders of results: pairs by stage, cell and replicate; of two files: the one pair.
/// Throws Error (exit 2) when one is a file and the other a folder.
std::vector<RunDifference> differences_between(const std::filesystem::path& a,
                                               const std::filesystem::path& b);

}  // namespace seedbed
