#include "analysis/statistics/slope.hpp"

#include <cmath>
#include <seedbed/error.hpp>
#include <vector>

#include "analysis/statistics/ratio.hpp"
#include "analysis/statistics/student.hpp"

namespace seedbed::statistics {

PowerLaw log_log_slope(std::span<const double> x, std::span<const double> y, double level) {
  const std::vector<double> u = logarithms(x, "log-log slope"), v = logarithms(y, "log-log slope");
  const double u_mean = mean_with_interval(u).value, v_mean = mean_with_interval(v).value;
  double xx = 0.0, xy = 0.0, rss = 0.0;
  for (std::size_t i = 0; i < u.size() && u.size() == v.size(); ++i) {
    xx += (u[i] - u_mean) * (u[i] - u_mean);
    xy += (u[i] - u_mean) * (v[i] - v_mean);
  }
  if (!(xx > 0.0))
    throw Error("log-log slope: expected as many x as y and at least two different x, got " +
                std::to_string(x.size()) + " and " + std::to_string(y.size()));
  const double slope = xy / xx, intercept = v_mean - slope * u_mean;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double residual = v[i] - intercept - slope * u[i];
    rss += residual * residual;
  }
  const double df = static_cast<double>(u.size()) - 2.0;
  const double deviation = df > 0.0 ? std::sqrt(rss / df) : none;
  const double half = student_quantile(level, df) * deviation / std::sqrt(xx);
  return {{slope, slope - half, slope + half}, std::exp(intercept), deviation};
}

}  // namespace seedbed::statistics
