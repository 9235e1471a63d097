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

  void probabilities(std::size_t n, Out p) {
    const In pi = pi_.probabilities(n);
    for (std::size_t a = 0; a < A_; ++a) std::copy_n(pi.row(a), n, p.row(a));
  }

 private:
  std::size_t A_;
  Softmax pi_;
};

}  // namespace seedbed
