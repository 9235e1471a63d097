#pragma once
#include <string>
#include <utility>
#include <vector>

#include "analysis/report/results.hpp"

namespace seedbed::analysis {

/// What a stage found, in words with its numbers: which cell or estimator is first and by how much,
/// what diverged or is biased, and what its interval does not decide.
std::string answer_of(const Results& results, const Stage& stage);

/// The suite's question; "" where it has none.
std::string question_of(const Results& results);

/// Name and value of what made the results: suite, seed, build, plugins with their SHA-256.
std::vector<std::pair<std::string, std::string>> provenance_of(const Results& results);

/// What can be done with the folder of the results, and the command for it.
std::vector<std::pair<std::string, std::string>> commands_of();

}  // namespace seedbed::analysis
