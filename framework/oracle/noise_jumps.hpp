#pragma once
#include <functional>
#include <vector>

#include "oracle/noise_probe.hpp"

namespace seedbed {

/// Where f, a function of one uniform number that takes finitely many values, jumps: between two
/// neighbouring doubles (to 2^-52). Pieces narrower than 1/96 that begin and end between two points
/// of that grid with the same value on both sides are not seen: check what you build on it against
/// a probability that you know. Throws Error when there are more than 1024 jumps.
///
/// `likely`: numbers in ascending order, which are the answer, without a search, where f jumps
/// within 2^-40 of each of them and has one value between any two.
std::vector<double> jumps_of(
    const std::function<NoiseProbe::Outputs(const std::vector<double>&)>& f,
    const std::vector<double>& likely);

}  // namespace seedbed
