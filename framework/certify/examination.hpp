#pragma once
#include "certify/certification.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// Adds to `c` what the estimator of `suite` does on its process: title and declarations, what
/// it does for every N, the limit, the curl of a biased one. `process`: the name that is shown.
void examine(const std::string& process, const Suite& suite, Certification& c);

}  // namespace seedbed
