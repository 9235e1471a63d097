#pragma once
#include <string>
#include <vector>

#include "suite/diagnostic.hpp"

namespace seedbed {

/// The keys that a suite may have at top level.
std::vector<std::string> suite_keys();

/// Puts "key=value" into a suite's tree, as --set does. The path is one from top level
/// (`learn.episodes`, `policy.sigma`), begins with the name of a stage, or with a key of stages
/// (`episodes`), which is then set in all of them. A path that the sweep decides is an error.
void apply_override(Node& root, const std::string& text, Diagnostics& diagnostics);

}  // namespace seedbed
