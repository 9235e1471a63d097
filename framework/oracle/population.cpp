#include "oracle/population.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "oracle/enumeration.hpp"

namespace seedbed {

namespace {

/// Whether M p is whole up to rounding for every p; p > 0 stays so.
bool is_common(double M, const std::vector<double>& probability) {
  return std::ranges::all_of(probability, [M](double p) {
    const double count = std::round(M * p);
    return count >= 1.0 && std::abs(M * p - count) <= 1e-12 * count;
  });
}

}  // namespace

std::optional<Recording> population(const FiniteProcess& process, std::size_t copies,
                                    std::size_t most) {
  const double trajectories = count_trajectories(process);
  if (trajectories > static_cast<double>(most)) return std::nullopt;
  std::optional<Recording> result;
  for_each_block(process, most, [&](WeighedTrajectories& all) {
    std::size_t M = all.probability.size();
    while (M <= most && !is_common(static_cast<double>(M), all.probability)) ++M;
    if (M > most) return;
    result = all.recording;  // for all but the trajectories
    result->start(M * copies, 1);
    std::size_t episode = 0;
    for (std::size_t i = 0; i < all.probability.size(); ++i)
      for (double n = std::round(static_cast<double>(M * copies) * all.probability[i]); n > 0.0;
           n -= 1.0)
        result->copy(episode++, all.recording, i);
    std::iota(result->noise.begin(), result->noise.end(), std::uint64_t{0});
  });
  return result;
}

}  // namespace seedbed
