#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>

/// A trajectory whose samples all have the weight w contributes w times its plain score sum, that
/// of weights 1. So all weightings that are even there share one sum.
namespace seedbed {

/// Have the n weights of a trajectory all the same bits? Then each has those of the next.
inline bool weighs_evenly(const double* weight, std::size_t n) {
  return n > 0 && std::memcmp(weight, weight + 1, (n - 1) * sizeof *weight) == 0;
}

/// w, where they all are, with every one set to 1.
inline std::optional<double> factor_out(double* weight, std::size_t n) {
  if (!weighs_evenly(weight, n)) return {};
  const double factor = weight[0];
  std::fill_n(weight, n, 1.0);
  return factor;
}

}  // namespace seedbed
