#pragma once
#include <cstdint>
#include <span>

namespace seedbed::statistics {

/// Standard normal numbers by name, the same on every machine: Box-Muller over Philox4x32-10 with
///
///   counter = (6 | block << 8, 2^32 - 1, draw, stream)
///
/// which no resample has (resampler.hpp). The i-th does not depend on how many are asked for.
void normals(std::uint64_t key, std::uint32_t stream, std::uint32_t draw, std::span<double> z);

/// Fair signs, +1 or -1, likewise; 2^32 - 2 in the place of 2^32 - 1, 128 to a block.
void signs(std::uint64_t key, std::uint32_t stream, std::uint32_t draw, std::span<double> s);

}  // namespace seedbed::statistics
