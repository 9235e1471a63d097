#include "diagnostics/blocks.hpp"

#include <algorithm>

namespace seedbed {

void BlockedMean::add(std::uint64_t batch, double x) {
  const std::uint64_t k = blocks_.of(batch);
  sum_[k] += x;
  total_ += x;
  ++size_[k];
  ++count_;
}

double BlockedMean::mean() const {
  return total_ / static_cast<double>(count_);
}

std::uint64_t BlockedMean::groups() const {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(size_, [](std::uint64_t size) { return size > 0; }));
}

double BlockedMean::error() const {
  std::vector<double> without;
  std::vector<std::uint64_t> size;
  for (std::size_t k = 0; k < sum_.size(); ++k) {
    if (size_[k] == 0) continue;
    without.push_back((total_ - sum_[k]) / static_cast<double>(count_ - size_[k]));
    size.push_back(size_[k]);
  }
  return jackknife_error(mean(), without, size);
}

void BlockedSpread::add(const std::vector<double>& x) {
  const std::uint64_t k = blocks_.of(count_++);
  const double weight = 1.0 / static_cast<double>(++size_[k]);
  double* mean = mean_.data() + k * d_;
  for (std::size_t j = 0; j < d_; ++j) {
    const double before = x[j] - mean[j];
    mean[j] += before * weight;
    squares_[k] += before * (x[j] - mean[j]);
  }
}

std::vector<double> BlockedSpread::whole_mean() const {
  std::vector<double> mean(d_, 0.0);
  for (std::size_t k = 0; k < size_.size(); ++k)
    for (std::size_t j = 0; j < d_; ++j)
      mean[j] += mean_[k * d_ + j] * static_cast<double>(size_[k]) / static_cast<double>(count_);
  return mean;
}

/// sum_b |x_b - mean|^2 = sum_k [squares_k + n_k |mean_k - mean|^2]
Spread BlockedSpread::whole() const {
  const std::vector<double> mean = whole_mean();
  Spread all{static_cast<double>(count_), 0.0, 0.0};
  for (const double m : mean) all.squared_norm += m * m;
  for (std::size_t k = 0; k < size_.size(); ++k) {
    double away = 0.0;
    for (std::size_t j = 0; j < d_; ++j) {
      const double delta = mean_[k * d_ + j] - mean[j];
      away += delta * delta;
    }
    all.squares += squares_[k] + static_cast<double>(size_[k]) * away;
  }
  return all;
}

///   mean_(-k) = mean - n_k (mean_k - mean) / (n - n_k)
///   squares_(-k) = squares - squares_k - n_k n / (n - n_k) |mean_k - mean|^2
Spread BlockedSpread::without(std::size_t k, const std::vector<double>& mean,
                              const Spread& all) const {
  const auto n_k = static_cast<double>(size_[k]);
  Spread rest{all.n - n_k, 0.0, 0.0};
  double away = 0.0;
  for (std::size_t j = 0; j < d_; ++j) {
    const double delta = mean_[k * d_ + j] - mean[j], m = mean[j] - n_k * delta / rest.n;
    away += delta * delta;
    rest.squared_norm += m * m;
  }
  rest.squares = all.squares - squares_[k] - n_k * all.n / rest.n * away;
  return rest;
}

double BlockedSpread::error(const std::function<double(const Spread&)>& f) const {
  const std::vector<double> mean = whole_mean();
  const Spread all = whole();
  std::vector<double> values;
  for (std::size_t k = 0; k < size_.size(); ++k) values.push_back(f(without(k, mean, all)));
  return jackknife_error(f(all), values, size_);
}

}  // namespace seedbed
