#include "diagnostics/reference.hpp"

#include <cmath>
#include <limits>

#include "diagnostics/measured.hpp"

namespace seedbed {

Reference Reference::exact(const std::vector<double>& gradient) {
  return {"exact", gradient, std::vector<double>(gradient.size(), 0.0), {}, 0};
}

Reference Reference::none(std::size_t d) {
  const std::vector<double> nothing(d, Measured::none);
  return {"none", nothing, nothing, {}, 0};
}

double Reference::noise() const {
  double trace = 0.0;
  for (const double se : standard_error) trace += se * se;
  return trace;
}

double Reference::squared_norm() const {
  double sum = 0.0;
  for (const double g : gradient) sum += g * g;
  return sum - noise();
}

double Reference::relative_error() const {
  const double trace = noise(), norm2 = squared_norm();
  if (trace == 0.0) return 0.0;
  return norm2 <= 0.0 ? std::numeric_limits<double>::infinity() : std::sqrt(trace / norm2);
}

double Reference::variance_along(const std::vector<double>& v) const {
  const std::size_t groups = deviations.size() / v.size();
  double sum = 0.0;
  for (std::size_t k = 0; k < groups; ++k) {
    double along = 0.0;
    for (std::size_t j = 0; j < v.size(); ++j) along += v[j] * deviations[j * groups + k];
    sum += along * along;
  }
  return sum;
}

}  // namespace seedbed
