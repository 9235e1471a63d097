#pragma once
#include <seedbed/math.hpp>
#include <seedbed/policy.hpp>

#include "head.hpp"
#include "network.hpp"

namespace seedbed {

/// a = mu(s) + sigma epsilon, epsilon ~ N(0, I) (README, equations 5 and 6); zeta = (a - mu) /
/// sigma.
///
///   log pi(a|s) = sum_i -zeta_i^2 / 2 - log sigma_i - log(2 pi) / 2
///   d log pi / d mu_i = zeta_i / sigma_i        d log pi / d log sigma_i = zeta_i^2 - 1
///
/// log sigma_i is a part of theta, or log sigma_i(s) = l_i + 3 tanh(z_{m+i} / 3), within e^{-3} and
/// e^3 of the parameter e^{l_i}.
class Gaussian {
 public:
  Gaussian(const HeadSettings& settings, const double* own, Scratch& scratch)
      : settings_(settings), m_(settings.actions), rows_(scratch.take(5 * m_ * capacity + 8)) {
    for (std::size_t i = 0; i < m_ && !settings.state_dependent; ++i) {
      std::fill_n(log_sigma(i), capacity, own[i]);
      std::fill_n(sigma(i), capacity, math::exp(own[i]));
      std::fill_n(slope(i), capacity, 1.0);
    }
  }

  template <class Real>
  void read(const Network<Real>& net, std::size_t n) {
    const std::size_t padded = (n + 7) / 8 * 8;
    for (std::size_t i = 0; i < m_; ++i) {
      std::copy_n(net.output(i), n, mu(i));
      if (!settings_.state_dependent) continue;
      const Real* z = net.output(m_ + i);
      double *l = log_sigma(i), *d = slope(i);
      for (std::size_t j = 0; j < padded; ++j) l[j] = static_cast<double>(z[j]) * (1.0 / 3.0);
      math::tanh(l, l, padded);
      for (std::size_t j = 0; j < padded; ++j) {
        d[j] = 1.0 - l[j] * l[j];
        l[j] = settings_.log_sigma[i] + 3.0 * l[j];
      }
      math::exp(l, sigma(i), padded);
    }
  }

  void act(In, In normal, Out action, std::size_t n, double* log_prob_) {
    for (std::size_t i = 0; i < m_; ++i)
      for (std::size_t j = 0; j < n; ++j) action(i, j) = mu(i)[j] + sigma(i)[j] * normal(i, j);
    log_prob(action, n, log_prob_);
  }

  void log_prob(In action, std::size_t n, double* log_prob) {
    std::fill_n(log_prob, n, 0.0);
    for (std::size_t i = 0; i < m_; ++i) {
      standardise(i, action.row(i), n);
      const double *z = zeta(i), *l = log_sigma(i);
      for (std::size_t j = 0; j < n; ++j)
        log_prob[j] -= 0.5 * (z[j] * z[j]) + (l[j] + half_log_2_pi);
    }
  }

  /// D [outputs][sample_stride] = d log pi / d z.
  template <class Real>
  void score(In action, std::size_t n, Real* D) {
    for (std::size_t i = 0; i < m_; ++i) {
      standardise(i, action.row(i), n);
      Real *D_mu = D + i * sample_stride, *D_sigma = D_mu + m_ * sample_stride;
      double *z = zeta(i), *s = sigma(i), *d = slope(i);
      for (std::size_t j = 0; j < n; ++j) D_mu[j] = static_cast<Real>(z[j] / s[j]);
      for (std::size_t j = 0; j < n; ++j) z[j] = d[j] * (z[j] * z[j] - 1.0);
      for (std::size_t j = 0; j < n && settings_.state_dependent; ++j)
        D_sigma[j] = static_cast<Real>(z[j]);
    }
  }
  /// d log pi / d log sigma_i after score().
  const double* own_score(std::size_t i) const { return zeta(i); }

  /// H = sum_i log sigma_i + (log(2 pi) + 1) / 2
  void entropy(std::size_t n, double* H) {
    std::fill_n(H, n, 0.0);
    for (std::size_t i = 0; i < m_; ++i)
      for (std::size_t j = 0; j < n; ++j) H[j] += log_sigma(i)[j] + (half_log_2_pi + 0.5);
  }
  /// sum_i log(sigma'_i / sigma_i) + (sigma_i^2 + (mu_i - mu'_i)^2) / (2 sigma'_i^2) - 1/2
  void divergence(const Gaussian& other, std::size_t n, double* KL) {
    std::fill_n(KL, n, 0.0);
    for (std::size_t i = 0; i < m_; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        const double ratio = sigma(i)[j] / other.sigma(i)[j],
                     away = (mu(i)[j] - other.mu(i)[j]) / other.sigma(i)[j];
        KL[j] +=
            other.log_sigma(i)[j] - log_sigma(i)[j] + 0.5 * (ratio * ratio + away * away - 1.0);
      }
  }
  /// D_mu = z_dot / sigma^2 and, of log sigma, D = 2 slope^2 z_dot; rows `sample_stride` apart.
  template <class Real>
  void fisher(const Real* z_dot, std::size_t n, Real* D) {
    for (std::size_t i = 0; i < m_; ++i) {
      const std::size_t of_mu = i * sample_stride, of_sigma = of_mu + m_ * sample_stride;
      const double *s = sigma(i), *d = slope(i);
      for (std::size_t j = 0; j < n; ++j)
        D[of_mu + j] = static_cast<Real>(z_dot[of_mu + j] / (s[j] * s[j]));
      for (std::size_t j = 0; j < n && settings_.state_dependent; ++j)
        D[of_sigma + j] = static_cast<Real>(2.0 * d[j] * d[j] * z_dot[of_sigma + j]);
    }
  }

 private:
  static constexpr std::size_t capacity = SegmentRun::capacity;
  static constexpr double half_log_2_pi = 0.91893853320467274178;

  void standardise(std::size_t i, const double* a, std::size_t n) {
    double* z = zeta(i);
    for (std::size_t j = 0; j < n; ++j) z[j] = (a[j] - mu(i)[j]) / sigma(i)[j];
  }
  double* row(std::size_t which, std::size_t i) const {
    return rows_ + (which * m_ + i) * capacity;
  }
  double* mu(std::size_t i) const { return row(0, i); }
  double* log_sigma(std::size_t i) const { return row(1, i); }
  double* sigma(std::size_t i) const { return row(2, i); }
  double* slope(std::size_t i) const { return row(3, i); }  ///< d log sigma_i / d z_{m+i}
  double* zeta(std::size_t i) const { return row(4, i); }

  const HeadSettings& settings_;
  std::size_t m_;
  double* rows_;
};

}  // namespace seedbed
