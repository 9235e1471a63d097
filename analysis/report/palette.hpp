#pragma once
#include <cstddef>

#include "analysis/report/svg.hpp"

namespace seedbed::analysis {

/// Okabe and Ito's colours (2008), which colour-blind readers can tell apart, without the yellow
/// that is hardly seen on white; dashes tell lines apart without colour. Fourteen differ.
inline constexpr std::size_t palette_size = 14;

inline Stroke line_style(std::size_t index) {
  static constexpr const char* colours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                            "#E69F00", "#56B4E9", "#000000"};
  static constexpr const char* dashes[] = {"",        "7 3",       "2 2", "9 3 2 3",
                                           "5 2 1 2", "12 3", "4 1"};
  const std::size_t i = index % 7, round = index / 7;
  return {colours[i], 1.8, dashes[(i + 3 * round) % 7]};
}

}  // namespace seedbed::analysis
