#include "analysis/statistics/reach.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/student.hpp"

namespace seedbed::statistics {

Reach first_reach(std::span<const double> steps, std::span<const double> curve, double level) {
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (std::isfinite(curve[i]) && curve[i] >= level) return {steps[i], true};
  return {steps.back(), false};
}

SampleEfficiency::SampleEfficiency(std::vector<Reach> replicates) : all_(std::move(replicates)) {
  if (all_.empty()) throw Error("sample efficiency: expected replicates, got none");
  std::ranges::sort(all_, {}, &Reach::steps);
  // Of equal steps, who is last seen there was still under way when others reached the level.
  double survival = 1.0, greenwood = 0.0;
  for (std::size_t i = 0; i < all_.size();) {
    std::size_t j = i, d = 0;
    for (; j < all_.size() && all_[j].steps == all_[i].steps; ++j) d += all_[j].reached;
    if (d > 0) {
      const auto n = static_cast<double>(all_.size() - i), events = static_cast<double>(d);
      survival *= 1.0 - events / n;
      greenwood += events / (n * (n - events));
      at_risk_.push_back(n);
      events_.push_back(events);
      curve_.push_back(
          {all_[i].steps, survival, survival > 0.0 ? survival * std::sqrt(greenwood) : 0.0});
    }
    reached_ += d;
    i = j;
  }
}

Estimate SampleEfficiency::median(double level) const {
  const double z = boost::math::quantile(boost::math::normal(), (1.0 + level) / 2.0);
  Estimate result;
  const auto first = [](double& at, double steps) {
    if (std::isnan(at)) at = steps;
  };
  for (const Step& step : curve_) {
    // log(-log S) ± z error / |S log S|: S^exp(∓) of it; S = 0 has no interval, and is below.
    const double width = step.survival > 0.0
                             ? z * step.error / std::abs(step.survival * std::log(step.survival))
                             : 0.0;
    if (step.survival <= 0.5) first(result.value, step.steps);
    if (std::pow(step.survival, std::exp(width)) <= 0.5) first(result.lower, step.steps);
    if (std::pow(step.survival, std::exp(-width)) <= 0.5) first(result.upper, step.steps);
  }
  return result;
}

Estimate SampleEfficiency::restricted_mean(double horizon, double level) const {
  if (horizon > all_.back().steps)
    throw Error("sample efficiency: expected a horizon up to the last step seen, " +
                std::to_string(all_.back().steps) + ", got " + std::to_string(horizon));
  std::vector<double> area(curve_.size(), 0.0);  // under S from t_i to the horizon
  double right = 0.0;
  for (std::size_t i = curve_.size(); i-- > 0;) {
    const double end = i + 1 < curve_.size() ? std::min(curve_[i + 1].steps, horizon) : horizon;
    right += std::max(0.0, end - curve_[i].steps) * curve_[i].survival;
    area[i] = right;
  }
  const double mean = curve_.empty() ? horizon : std::min(curve_[0].steps, horizon) + right;
  const auto n = static_cast<double>(all_.size());
  double variance = 0.0;
  for (std::size_t i = 0; i < curve_.size(); ++i)
    if (area[i] > 0.0)
      variance += area[i] * area[i] * events_[i] / (at_risk_[i] * (at_risk_[i] - events_[i]));
  const double half = student_quantile(level, n - 1.0) * std::sqrt(variance * n / (n - 1.0));
  return {mean, mean - half, mean + half};
}

}  // namespace seedbed::statistics
