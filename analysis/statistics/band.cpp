#include "analysis/statistics/band.hpp"

#include <algorithm>
#include <cmath>
#include <diagnostics/return_sample.hpp>
#include <functional>
#include <seedbed/error.hpp>

#include "analysis/statistics/noise.hpp"
#include "analysis/statistics/student.hpp"

namespace seedbed::statistics {

namespace {

/// What both bands start from: means, their standard errors, and x_ri - mean_i in units of
/// s_i sqrt(n-1), so that a column has norm 1; 0 where s_i is.
struct Centred {
  std::vector<double> mean, error;
  Scores unit;

  explicit Centred(const Scores& curves) : unit(curves) {
    expect_scores(curves, "band");
    const auto n = static_cast<double>(curves.rows());
    for (Eigen::Index i = 0; i < curves.cols(); ++i) {
      std::vector<double> column;
      for (Eigen::Index r = 0; r < curves.rows(); ++r) column.push_back(curves(r, i));
      mean.push_back(mean_of(column));
      const double s = std::sqrt(sample_variance(column));
      error.push_back(s / std::sqrt(n));
      for (Eigen::Index r = 0; r < curves.rows(); ++r)
        unit(r, i) = s > 0.0 ? (curves(r, i) - mean.back()) / (s * std::sqrt(n - 1.0)) : 0.0;
    }
  }

  Band with(double factor) const {
    Band band{mean, {}, {}, factor};
    for (std::size_t i = 0; i < mean.size(); ++i) {
      band.lower.push_back(mean[i] - factor * error[i]);
      band.upper.push_back(mean[i] + factor * error[i]);
    }
    return band;
  }
};

/// The largest |S_i| for these signs.
double largest(const Scores& unit, std::span<const double> sign, std::vector<double>& sum) {
  const std::size_t points = sum.size();
  std::ranges::fill(sum, 0.0);
  const double* row = unit.data();
  for (const double g : sign) {
    for (std::size_t i = 0; i < points; ++i) sum[i] += g * row[i];
    row += points;
  }
  double most = 0.0;
  for (const double each : sum) most = std::max(most, std::abs(each));
  return most;
}

/// T of S, which it grows with; infinite where flipped residuals agree exactly.
double studentised(double S, double n) {
  const double rest = n - S * S;
  return rest > 1e-9 * n ? std::sqrt(n - 1.0) * S / std::sqrt(rest)
                         : std::numeric_limits<double>::infinity();
}

}  // namespace

Band pointwise_band(const Scores& curves, double level) {
  return Centred(curves).with(student_quantile(level, static_cast<double>(curves.rows()) - 1.0));
}

Band simultaneous_band(const Scores& curves, const BandSettings& settings) {
  const Centred centred(curves);
  const auto n = static_cast<double>(curves.rows());
  const double points = static_cast<double>(curves.cols());
  const double least = student_quantile(settings.level, n - 1.0);
  if (n < 2 || points < 2 || settings.draws == 0) return centred.with(least);
  const double most = student_quantile(1.0 - (1.0 - settings.level) / points, n - 1.0);
  std::vector<double> sign(static_cast<std::size_t>(n)), sum(centred.mean.size()), all;
  for (std::uint32_t b = 0; b < settings.draws; ++b) {
    signs(settings.key, 0, b, sign);
    all.push_back(largest(centred.unit, sign, sum));
  }
  std::ranges::sort(all);
  return centred.with(std::clamp(studentised(quantile_of(all, settings.level), n), least, most));
}

std::vector<double> mean_heights(const std::vector<double>& x, const Scores& curves) {
  expect_scores(curves, "area under the curve");
  if (x.size() != static_cast<std::size_t>(curves.cols()) ||
      std::ranges::adjacent_find(x, std::greater_equal<>()) != x.end())
    throw Error("area under the curve: expected one ascending x for each of " +
                std::to_string(curves.cols()) + " points, got others");
  std::vector<double> heights;
  for (Eigen::Index r = 0; r < curves.rows(); ++r) {
    double area = 0.0;
    for (std::size_t i = 1; i < x.size(); ++i) {
      const auto at = static_cast<Eigen::Index>(i);
      area += (x[i] - x[i - 1]) * (curves(r, at) + curves(r, at - 1)) / 2.0;
    }
    heights.push_back(x.size() == 1 ? curves(r, 0) : area / (x.back() - x.front()));
  }
  return heights;
}

Estimate area_under_curve(const std::vector<double>& x, const Scores& curves, double level) {
  return mean_with_interval(mean_heights(x, curves), level);
}

}  // namespace seedbed::statistics
