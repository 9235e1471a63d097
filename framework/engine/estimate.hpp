#pragma once
#include <seedbed/plugin.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/aligned.hpp"
#include "engine/arena.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// What an estimator made of one batch.
struct Estimate {
  std::vector<double> gradient;       ///< [d]
  std::uint64_t units = 0;            ///< contributions g_i
  AlignedDoubles mean, m2;            ///< [d] of the contributions; sample variance m2/(units-1)
  std::vector<double> contributions;  ///< [units][d], when asked for
  std::map<std::string, double> diagnostics;

  std::vector<double> variance() const;  ///< [d] of one contribution; 0 when units < 2
};

/// Calls `estimator` on `batch`. Moments are Welford's, in the order of units. Throws Error (exit
/// 1) when the plugin fails, gives no contribution, or a number that is not finite.
Estimate estimate(const Instance& estimator, const seedbed_batch& batch,
                  const std::vector<double>& theta, const std::vector<double>& state,
                  bool keep_contributions, Arena& arena);
Estimate estimate(const Instance& estimator, const seedbed_batch& batch,
                  const std::vector<double>& theta, const std::vector<double>& state,
                  bool keep_contributions, seedbed_scratch* scratch);

}  // namespace seedbed
