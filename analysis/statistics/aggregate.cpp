#include "analysis/statistics/aggregate.hpp"

#include <algorithm>
#include <numeric>

namespace seedbed::statistics {

namespace {

/// sum_i c_ik x_ik of each task, over runs in order.
std::vector<double> sums_of_tasks(const Scores& x, const Counts& counts) {
  const auto tasks = static_cast<std::size_t>(x.cols());
  std::vector<double> sum(tasks, 0.0);
  const double* value = x.data();
  const std::uint16_t* count = counts.data();
  for (Eigen::Index i = 0; i < x.rows(); ++i, value += tasks, count += tasks)
    for (std::size_t k = 0; k < tasks; ++k) sum[k] += count[k] * value[k];
  return sum;
}

double middle(std::vector<double> values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, half);
  if (values.size() % 2 == 1) return *half;
  return (*std::max_element(values.begin(), half) + *half) / 2;
}

}  // namespace

Mean::Mean(const Scores& scores) : x_(scores) {
  expect_scores(scores, "mean");
}

double Mean::operator()(const Counts& counts) const {
  double sum = 0.0;
  for (const double each : sums_of_tasks(x_, counts)) sum += each;
  return sum / static_cast<double>(x_.size());
}

Median::Median(const Scores& scores) : x_(scores) {
  expect_scores(scores, "median");
}

double Median::operator()(const Counts& counts) const {
  return middle(sums_of_tasks(x_, counts)) / static_cast<double>(x_.rows());
}

InterquartileMean::InterquartileMean(const Scores& scores)
    : place_(static_cast<std::size_t>(scores.size())) {
  expect_scores(scores, "interquartile mean");
  std::iota(place_.begin(), place_.end(), 0U);
  std::ranges::stable_sort(place_, {}, [&](std::uint32_t at) { return scores.data()[at]; });
  for (const std::uint32_t at : place_) sorted_.push_back(scores.data()[at]);
}

double InterquartileMean::operator()(const Counts& counts) const {
  const std::uint16_t* count = counts.data();
  const auto N = static_cast<std::int64_t>(sorted_.size()), cut = N / 4;
  std::int64_t left = cut, kept = N - 2 * cut;
  std::size_t j = 0;
  while (left >= count[place_[j]]) left -= count[place_[j++]];
  const std::int64_t first = std::min<std::int64_t>(count[place_[j]] - left, kept);
  double sum = static_cast<double>(first) * sorted_[j];
  for (kept -= first, ++j; kept > 0; ++j) {
    const std::int64_t taken = std::min<std::int64_t>(count[place_[j]], kept);
    sum += static_cast<double>(taken) * sorted_[j];
    kept -= taken;
  }
  return sum / static_cast<double>(N - 2 * cut);
}

OptimalityGap::OptimalityGap(const Scores& scores, double gamma)
    : gamma_(gamma), capped_(scores.min(gamma)) {}

double OptimalityGap::operator()(const Counts& counts) const {
  return gamma_ - capped_(counts);
}

double mean(const Scores& scores) {
  return Mean(scores)(each_once(scores));
}
double median(const Scores& scores) {
  return Median(scores)(each_once(scores));
}
double interquartile_mean(const Scores& scores) {
  return InterquartileMean(scores)(each_once(scores));
}
double optimality_gap(const Scores& scores, double gamma) {
  return OptimalityGap(scores, gamma)(each_once(scores));
}

}  // namespace seedbed::statistics
