#include "analysis/statistics/ratio.hpp"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/student.hpp"

namespace seedbed::statistics {

VarianceRatio variance_ratio(std::span<const double> x, std::span<const double> y, double level) {
  const double ratio = sample_variance(x) / sample_variance(y);
  if (!std::isfinite(ratio)) return {};
  const boost::math::fisher_f f(static_cast<double>(x.size() - 1),
                                static_cast<double>(y.size() - 1));
  const double below = boost::math::cdf(f, ratio);
  return {{ratio, ratio / boost::math::quantile(f, (1.0 + level) / 2.0),
           ratio / boost::math::quantile(f, (1.0 - level) / 2.0)},
          2.0 * std::min(below, 1.0 - below)};
}

Difference as_ratio(const Difference& of_logarithms) {
  Difference result = of_logarithms;
  const Estimate& log = of_logarithms.estimate;
  result.estimate = {std::exp(log.value), std::exp(log.lower), std::exp(log.upper)};
  return result;
}

std::vector<double> logarithms(std::span<const double> x, const char* where) {
  std::vector<double> logs;
  for (const double each : x) {
    if (!(each > 0.0 && std::isfinite(each)))
      throw Error(std::string(where) + ": expected positive values, got " + std::to_string(each));
    logs.push_back(std::log(each));
  }
  return logs;
}

}  // namespace seedbed::statistics
