#pragma once
#include <string>
#include <vector>

#include "check/confinement.hpp"
#include "check/inquiry.hpp"

namespace seedbed {

/// A case as the child lists it.
struct Listed {
  std::string name;
  bool repeats = false;
};

/// What became of one case, and how long it took.
struct CaseOutcome {
  std::string name;
  Verdict verdict;
  double seconds = 0.0;
};

/// Whether the library loads, and the cases that there are then.
struct Opening {
  CaseOutcome loads;
  std::vector<Listed> cases;
};

/// Loads the library in a child. Throws Error (exit 3) when it cannot be used at all.
Opening open_library(const Inquiry& inquiry, const Limits& limits);

/// Runs one case in a child, or in two, more than a second apart, where it repeats. A crash, a hang
/// or an exit without an answer is a failure that says so.
CaseOutcome try_case(const Inquiry& inquiry, const Listed& listed, const Limits& limits);

/// The words after "seedbed" that check this case alone, from the same seed.
std::vector<std::string> words_of(const Inquiry& inquiry, const std::string& only);

}  // namespace seedbed
