#include "diagnostics/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed {

void BlockedMean::add(std::uint64_t batch, double x) {
  for (; batch / per_block_ >= most_blocks; per_block_ *= 2) {
    for (std::size_t k = 0; k < sum_.size(); ++k) {
      sum_[k / 2] = k % 2 == 0 ? sum_[k] : sum_[k / 2] + sum_[k];
      size_[k / 2] = k % 2 == 0 ? size_[k] : size_[k / 2] + size_[k];
    }
    sum_.resize((sum_.size() + 1) / 2);
    size_.resize(sum_.size());
  }
  const std::uint64_t k = batch / per_block_;
  sum_.resize(std::max<std::size_t>(sum_.size(), k + 1), 0.0);
  size_.resize(sum_.size(), 0);
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
  if (count_ == most_blocks * per_block_) halve();
  const std::uint64_t k = count_++ / per_block_;
  if (k == size_.size()) {
    size_.push_back(0);
    squares_.push_back(0.0);
    mean_.resize(mean_.size() + d_, 0.0);
  }
  const double weight = 1.0 / static_cast<double>(++size_[k]);
  double* mean = mean_.data() + k * d_;
  for (std::size_t j = 0; j < d_; ++j) {
    const double before = x[j] - mean[j];
    mean[j] += before * weight;
    squares_[k] += before * (x[j] - mean[j]);
  }
}

/// Two full blocks become one: squares = squares_1 + squares_2 + n/2 |mean_1 - mean_2|^2.
void BlockedSpread::halve() {
  const std::size_t half = size_.size() / 2;
  for (std::size_t k = 0; k < half; ++k) {
    const double *first = mean_.data() + 2 * k * d_, *second = first + d_;
    double away = 0.0;
    for (std::size_t j = 0; j < d_; ++j) {
      const double delta = first[j] - second[j];
      away += delta * delta;
      mean_[k * d_ + j] = 0.5 * (first[j] + second[j]);
    }
    squares_[k] =
        squares_[2 * k] + squares_[2 * k + 1] + 0.5 * static_cast<double>(per_block_) * away;
    size_[k] = 2 * per_block_;
  }
  per_block_ *= 2;
  size_.resize(half);
  squares_.resize(half);
  mean_.resize(half * d_);
}

std::vector<double> BlockedSpread::deviations() const {
  const std::vector<double> mean = whole_mean();
  const std::size_t K = size_.size();
  std::vector<double> A(d_ * K);
  for (std::size_t k = 0; k < K; ++k) {
    const double h = static_cast<double>(count_) / static_cast<double>(size_[k]);
    const double weight = 1.0 / std::sqrt(static_cast<double>(K) * (h - 1.0));
    for (std::size_t j = 0; j < d_; ++j) A[j * K + k] = weight * (mean_[k * d_ + j] - mean[j]);
  }
  return A;
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
