#pragma once
#include <functional>
#include <string>
#include <vector>

#include "check/bench.hpp"

namespace seedbed {

/// One law about one plugin, ready to be tried in this process.
struct Case {
  std::string name;              ///< "policy/linear-softmax/probabilities-sum-to-1"
  std::function<Verdict()> run;  ///< What it throws is a failure.
  /// To be run in two processes, in different seconds: the texts of the two must be the same.
  bool repeats = false;
};
using Cases = std::vector<Case>;

/// The law that such a case is of.
inline constexpr const char* repeats = "another-process-in-another-second-gives-the-same-bits";

/// Of the library itself.
Cases library_cases(const Inquiry& inquiry);
/// Of every kind: the descriptor and its parameters.
Cases parameter_cases(const Bench& bench);
/// The laws of the plugin's kind.
Cases environment_cases(const Bench& bench);
Cases policy_cases(const Bench& bench);
Cases estimator_cases(const Bench& bench);
Cases baseline_cases(const Bench& bench);
Cases optimizer_cases(const Bench& bench);

/// "needs --set A=..." as a verdict, or what `run` says.
Verdict unless_lacking(const Bench& bench, const std::function<Verdict()>& run);

}  // namespace seedbed
