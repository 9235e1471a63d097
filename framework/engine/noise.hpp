#pragma once
#include <cstdint>
#include <seedbed/arrays.hpp>
#include <vector>

#include "engine/philox_keys.hpp"

namespace seedbed {

/// What a random number is for: part of its name.
enum class Purpose : std::uint32_t {
  initial_parameters = 1,
  reset = 2,
  environment_step = 3,
  policy = 4,
  estimator_plan = 5,
  bootstrap = 6,
  key = 7
};

/// Up to SEEDBED_LANES lanes, each at its own place: noise is a function of (key, purpose,
/// iteration, episode, step) of its lane and of nothing else.
struct NoiseLanes {
  std::size_t count;             ///< lanes to fill
  const std::uint32_t* episode;  ///< [count] name of the episode
  const std::int64_t* step;      ///< [count] below 2^32
  bool antithetic;               ///< 1-u for u, -z for z
};

/// Noise that is named, not drawn: Philox4x32-10 (Salmon et al. 2011) with
///   key = (seed, replicate), counter = (purpose | block << 8, step, episode, iteration).
/// One block of 128 bits gives two uniforms or, by Box-Muller, two standard normals.
class Noise {
 public:
  Noise(std::uint32_t seed, std::uint32_t replicate) : keys_(seed, replicate) {}

  /// Noise of another stream under the same names: cells that must not share theirs, stages.
  Noise stream(std::uint32_t stage, std::uint64_t cell) const;

  /// Rows of `uniform` in (0, 1) and of `normal`; the columns j < lanes.count are written.
  void fill(Purpose purpose, std::uint32_t iteration, const NoiseLanes& lanes, std::size_t uniforms,
            Out uniform, std::size_t normals, Out normal) const;

  /// A run of numbers that belongs to no episode, such as those of the initial parameters.
  void sequence(Purpose purpose, std::uint32_t iteration, std::vector<double>& uniform,
                std::vector<double>& normal) const;

 private:
  PhiloxKeys keys_;
};

}  // namespace seedbed
