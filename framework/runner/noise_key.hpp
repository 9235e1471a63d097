#pragma once
#include <cstdint>
#include <string>

#include "engine/noise.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// The name of the noise of a replicate. Where stage and cell are 0 the key of Philox is
/// (seed, replicate), else one that is drawn from it for that stage and cell (Noise::stream).
struct NoiseKey {
  std::uint32_t seed = 0, replicate = 0;
  std::uint32_t stage = 0;  ///< Number of the stage in its suite, from 0.
  /// 0: shared by the cells of the stage. Else 51 bits of a hash of what the cell is, so that its
  /// noise does not depend on which other cells there are, nor on what is recorded.
  std::uint64_t cell = 0;
};

NoiseKey noise_key(const Suite& suite, std::size_t stage, std::size_t cell,
                   std::uint64_t replicate);
Noise noise_of(const NoiseKey& key);

/// What /provenance/noise says: generator, key, counter, pairing ("common" or "independent").
std::string noise_json(const NoiseKey& key);
/// The key in it; throws Error (exit 5) when it is not all there. `where` names the file.
NoiseKey noise_key_in(const std::string& json, const std::string& where);

}  // namespace seedbed
