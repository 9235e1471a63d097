#pragma once
#include <cstdint>
#include <vector>

#include "engine/lanes.hpp"
#include "engine/noise.hpp"

namespace seedbed {

/// Where the episodes of a request leave their noise for another: the policy's noise of episode i
/// is named first_noise + i from step policy[i] on, and that of the environment's steps from step
/// environment[i] on. So two trajectories share what was drawn before, and nothing after.
struct Splice {
  std::uint64_t first_noise = 0;
  std::vector<std::uint32_t> policy, environment;  ///< [episodes]; empty: no splice

  bool operator==(const Splice&) const = default;
};

/// The names that the noise of the lanes has at this step. Must not be copied or outlive the lanes.
class LaneNames {
 public:
  /// `from`: the policy or the environment of `splice`; the names begin at `first_noise`.
  LaneNames(const Lanes& l, bool antithetic, std::uint64_t first_noise, const Splice& splice,
            const std::vector<std::uint32_t>& from)
      : lanes_{l.width(), l.noise_name, l.t, antithetic} {
    if (from.empty()) [[likely]]
      return;
    lanes_.count = l.used;  // idle lanes have names of earlier requests, beyond `from`
    for (std::size_t j = 0; j < l.used; ++j) {
      const std::uint32_t i = l.noise_name[j] - static_cast<std::uint32_t>(first_noise);
      name_[j] =
          l.t[j] < from[i] ? l.noise_name[j] : static_cast<std::uint32_t>(splice.first_noise + i);
    }
    lanes_.episode = name_;
  }
  LaneNames(const LaneNames&) = delete;

  const NoiseLanes& lanes() const { return lanes_; }

 private:
  std::uint32_t name_[SEEDBED_LANES];
  NoiseLanes lanes_;
};

}  // namespace seedbed
