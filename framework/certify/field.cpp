#include "certify/field.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed {

double relative_curl(SmallProcess& process) {
  constexpr double h = 1e-4;
  const std::size_t d = process.parameters();
  std::vector<std::vector<double>> column(d);  // column[j][i] = dg_i / dtheta_j
  for (std::size_t j = 0; j < d; ++j) {
    std::vector<double> theta = process.theta();
    theta[j] += h;
    const auto above = process.certify_at(theta);
    theta[j] -= 2 * h;
    const auto below = process.certify_at(theta);
    if (!above || !below) return NAN;
    column[j] = above->gradient.mean();
    const std::vector<double> less = below->gradient.mean();
    for (std::size_t i = 0; i < d; ++i) column[j][i] = (column[j][i] - less[i]) / (2 * h);
  }
  double curl = 0.0, largest = 0.0;
  for (std::size_t j = 0; j < d; ++j)
    for (std::size_t i = 0; i < d; ++i) {
      curl = std::max(curl, std::abs(column[j][i] - column[i][j]));
      largest = std::max(largest, std::abs(column[j][i]));
    }
  return largest > 0.0 ? curl / largest : 0.0;
}

}  // namespace seedbed
