#pragma once
#include <algorithm>
#include <seedbed/arrays.hpp>

namespace seedbed {

/// N(mu, diag(sigma^2)) for n samples of m actions at once, z = (a - mu) / sigma.
///
///   log p(a) = sum_i -z_i^2/2 - log sigma_i - log(2 pi)/2
///   d log p / d mu_i = z_i / sigma_i        d log p / d log sigma_i = z_i^2 - 1
class Gaussian {
 public:
  Gaussian(std::size_t m, Scratch& scratch)
      : m_(m), sigma_(scratch.take(m)), inverse_(scratch.take(m)) {}

  /// To be called for each i < m, in order.
  void set(std::size_t i, double sigma, double log_sigma) {
    sigma_[i] = sigma;
    inverse_[i] = 1.0 / sigma;
    constant_ += log_sigma + half_log_2_pi;
  }

  /// a = mu + sigma epsilon.
  void sample(In mu_, In epsilon_, Out a_, std::size_t n) const {
    for (std::size_t i = 0; i < m_; ++i) {
      const double sigma = sigma_[i], *mu = mu_.row(i), *epsilon = epsilon_.row(i);
      double* __restrict a = a_.row(i);
      for (std::size_t j = 0; j < n; ++j) a[j] = mu[j] + sigma * epsilon[j];
    }
  }

  /// mu becomes z.
  void standardise(In a_, Out mu, std::size_t n) const {
    for (std::size_t i = 0; i < m_; ++i) {
      double* __restrict z = mu.row(i);
      const double inverse = inverse_[i], *a = a_.row(i);
      for (std::size_t j = 0; j < n; ++j) z[j] = (a[j] - z[j]) * inverse;
    }
  }

  void log_prob(In z_, std::size_t n, double* log_prob_) const {
    double* __restrict log_prob = log_prob_;
    std::fill_n(log_prob, n, 0.0);
    for (std::size_t i = 0; i < m_; ++i) {
      const double* z = z_.row(i);
      for (std::size_t j = 0; j < n; ++j) log_prob[j] += z[j] * z[j];
    }
    for (std::size_t j = 0; j < n; ++j) log_prob[j] = -0.5 * log_prob[j] - constant_;
  }

  /// D_i[j] = w_j z_i / sigma_i, rows as far apart as those of z.
  void weighted_mean_score(In z_, const double* w, std::size_t n, double* D_) const {
    for (std::size_t i = 0; i < m_; ++i) {
      const double inverse = inverse_[i], *z = z_.row(i);
      double* __restrict D = D_ + i * z_.stride;
      for (std::size_t j = 0; j < n; ++j) D[j] = w[j] * (z[j] * inverse);
    }
  }

  /// D_i[j] = w_j (z_i^2 - 1), rows as far apart as those of z.
  void weighted_width_score(In z_, const double* w, std::size_t n, double* D_) const {
    for (std::size_t i = 0; i < m_; ++i) {
      const double* z = z_.row(i);
      double* __restrict D = D_ + i * z_.stride;
      for (std::size_t j = 0; j < n; ++j) D[j] = w[j] * (z[j] * z[j] - 1.0);
    }
  }

 private:
  static constexpr double half_log_2_pi = 0.91893853320467274178;

  std::size_t m_;
  double *sigma_, *inverse_, constant_ = 0.0;
};

}  // namespace seedbed
