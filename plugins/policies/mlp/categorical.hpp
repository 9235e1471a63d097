#pragma once
#include <seedbed/policy.hpp>
#include <seedbed/softmax.hpp>

#include "head.hpp"
#include "network.hpp"

namespace seedbed {

/// pi(a|s) = exp z_a / sum_b exp z_b (README, equation 4).
///
///   d log pi(a|s) / d z_b = 1{a = b} - pi(b|s)
class Categorical {
 public:
  Categorical(const HeadSettings& settings, const double*, Scratch& scratch)
      : A_(settings.actions), pi_(A_, scratch) {}

  template <class Real>
  void read(const Network<Real>& net, std::size_t n) {
    for (std::size_t a = 0; a < A_; ++a) {
      double* logit = pi_.logits().row(a);
      const Real* z = net.output(a);
      for (std::size_t j = 0; j < n; ++j) logit[j] = z[j];
    }
  }

  void act(In uniform, In, Out action, std::size_t n, double* log_prob) {
    pi_.act(n, uniform.data, action.data, log_prob);
  }
  void log_prob(In action, std::size_t n, double* log_prob) {
    pi_.log_prob(n, action.data, log_prob);
  }

  /// D [A][sample_stride] = d log pi / d z.
  template <class Real>
  void score(In action, std::size_t n, Real* D) {
    const In psi = pi_.scores(n, action.data);
    for (std::size_t a = 0; a < A_; ++a, D += sample_stride)
      for (std::size_t j = 0; j < n; ++j) D[j] = static_cast<Real>(psi(a, j));
  }
  const double* own_score(std::size_t) const { return nullptr; }  ///< theta has nothing of its own

  /// H = -sum_a pi_a log pi_a
  void entropy(std::size_t n, double* H) {
    std::fill_n(H, n, 0.0);
    for (std::size_t a = 0; a < A_; ++a) {
      const Terms of(*this, a, n);
      for (std::size_t j = 0; j < n; ++j) H[j] -= of.pi[j] * of.log_pi[j];
    }
  }
  /// sum_a pi_a (log pi_a - log pi'_a)
  void divergence(Categorical& other, std::size_t n, double* KL) {
    std::fill_n(KL, n, 0.0);
    for (std::size_t a = 0; a < A_; ++a) {
      const Terms of(*this, a, n), of_other(other, a, n);
      for (std::size_t j = 0; j < n; ++j) KL[j] += of.pi[j] * (of.log_pi[j] - of_other.log_pi[j]);
    }
  }
  /// D = (diag pi - pi pi^T) z_dot; rows of both `sample_stride` apart.
  template <class Real>
  void fisher(const Real* z_dot, std::size_t n, Real* D) {
    const In pi = pi_.probabilities(n);
    double mean[Softmax::capacity] = {};
    for (std::size_t a = 0; a < A_; ++a)
      for (std::size_t j = 0; j < n; ++j) mean[j] += pi(a, j) * z_dot[a * sample_stride + j];
    for (std::size_t a = 0; a < A_; ++a)
      for (std::size_t j = 0; j < n; ++j)
        D[a * sample_stride + j] =
            static_cast<Real>(pi(a, j) * (z_dot[a * sample_stride + j] - mean[j]));
  }

  void probabilities(std::size_t n, Out p) {
    const In pi = pi_.probabilities(n);
    for (std::size_t a = 0; a < A_; ++a) std::copy_n(pi.row(a), n, p.row(a));
  }

 private:
  /// pi_a and its logarithm.
  struct Terms {
    double log_pi[Softmax::capacity], pi[Softmax::capacity];

    Terms(Categorical& of, std::size_t a, std::size_t n) {
      std::fill_n(pi, n, static_cast<double>(a));
      of.pi_.log_prob(n, pi, log_pi);
      math::exp(log_pi, pi, n);
    }
  };

  std::size_t A_;
  Softmax pi_;
};

}  // namespace seedbed
