#pragma once
#include <seedbed/plugin.h>

#include <cstdint>
#include <seedbed/arrays.hpp>

#include "engine/aligned.hpp"
#include "engine/recording.hpp"

namespace seedbed {

/// A block of SEEDBED_LANES lanes: rows of numbers, one column per lane; each begins at a cache
/// line.
class LaneRows {
 public:
  explicit LaneRows(std::size_t rows, double value = 0.0)
      : rows_(rows), data_((rows ? rows : 1) * SEEDBED_LANES, value) {}
  std::size_t rows() const { return rows_; }
  double* row(std::size_t i) { return data_.data() + i * SEEDBED_LANES; }
  const double* row(std::size_t i) const { return data_.data() + i * SEEDBED_LANES; }
  Out out() { return {data_.data(), SEEDBED_LANES}; }
  In in() const { return {data_.data(), SEEDBED_LANES}; }

 private:
  std::size_t rows_;
  AlignedDoubles data_;
};

/// Lanes of a call that has room for so many: a whole block of lanes, half of one, or eight. In
/// between a call would take no less time (packs of registers, tiles of products).
constexpr std::size_t width_for(std::size_t lanes) {
  return lanes <= 8 ? 8 : lanes <= SEEDBED_LANES / 2 ? SEEDBED_LANES / 2 : SEEDBED_LANES;
}

/// Some lanes of a block: bit j is lane j.
using LaneSet = std::uint64_t;
static_assert(SEEDBED_LANES <= 64);
constexpr LaneSet lanes_below(std::size_t n) {  // n >= 1
  return ~LaneSet{0} >> (64 - n);
}

constexpr LaneSet all_lanes = lanes_below(SEEDBED_LANES);

/// The lanes whose number is not 0.
LaneSet nonzero(const double* numbers);

/// The state of the episodes in a block of lanes, but for what the tape has of them.
struct Lanes {
  explicit Lanes(const BatchShape& shape, std::size_t state_size);

  LaneRows state, terminated;
  LaneRows policy_uniform, policy_normal, step_uniform, step_normal, reset_uniform, reset_normal;
  std::uint64_t episode[SEEDBED_LANES];     ///< index in the batch, of those that had one
  std::uint32_t noise_name[SEEDBED_LANES];  ///< name of the episode's noise
  std::int64_t t[SEEDBED_LANES];            ///< step of the episode
  std::size_t used = 0;                     ///< lanes below this one may be busy

  void restart();  ///< all lanes idle, at t = 0
  void advance();  ///< t
  void copy_episode(std::size_t to, const Lanes& from, std::size_t lane);
  std::size_t width() const { return width_for(used); }  ///< n of a plugin's call
};

}  // namespace seedbed
