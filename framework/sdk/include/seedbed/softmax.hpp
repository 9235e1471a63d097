#pragma once
#include <algorithm>
#include <seedbed/arrays.hpp>
#include <seedbed/math.hpp>
#include <seedbed/pack.hpp>
#include <seedbed/segment_run.hpp>
#include <utility>

namespace seedbed {

/// pi_a = exp(z_a - m) / Z, m = max_a z_a, Z = sum_a exp(z_a - m), for up to 256 samples at once: a
/// policy fills the logits, then asks for one thing of them. Of two actions one has z = m, so that
/// one exponential is enough, and all is one loop.
class Softmax {
 public:
  static constexpr std::size_t capacity = SegmentRun::capacity;

  /// `actions` >= 1.
  Softmax(std::size_t actions, Scratch& scratch)
      : A_(actions),
        z_(scratch.take((2 * actions + 2) * capacity), capacity),
        e_(z_.row(actions), capacity),
        Z_(e_.row(actions)),
        sum_(Z_ + capacity) {}

  Out logits() { return z_; }  ///< [A][capacity], to be filled first

  /// Draws actions and gives their log pi. Inverse of the distribution function:
  /// a = #{k < A-1 : u Z >= e_0 + ... + e_k}. An action of probability 0 is never drawn.
  void act(std::size_t n, const double* u, double* action, double* log_prob_) {
    if (A_ == 2) return act_two(n, u, action, log_prob_);
    normalise(n);
    sample(n, u, action);
    log_prob_of_normalised(n, action, log_prob_);
  }

  /// log pi(a_j), a_j in 0 .. A-1.
  void log_prob(std::size_t n, const double* action, double* log_prob_) {
    normalise(n);
    log_prob_of_normalised(n, action, log_prob_);
  }

  /// pi_a [n] in row a of what it gives.
  In probabilities(std::size_t n) {
    normalise(n);
    double* __restrict inverse = sum_, *Z = Z_;
    for (std::size_t j = 0; j < n; ++j) inverse[j] = 1.0 / Z[j];
    for (std::size_t a = 0; a < A_; ++a) {
      double* __restrict e = e_.row(a);
      for (std::size_t j = 0; j < n; ++j) e[j] *= inverse[j];
    }
    return e_;
  }

  /// d log pi(a_j) / d z_a = 1{a_j = a} - pi_a in row a of what it gives. Of two actions 1 - pi_0
  /// is pi_1, and one row is exactly minus the other.
  In scores(std::size_t n, const double* action) {
    if (A_ == 2) return scores_two(n, action);
    probabilities(n);
    for (std::size_t a = 0; a < A_; ++a) {
      double* __restrict p = e_.row(a);
      const auto index = static_cast<double>(a);
      for (std::size_t j = 0; j < n; ++j) p[j] = (action[j] == index ? 1.0 : 0.0) - p[j];
    }
    return e_;
  }

 private:
  /// z - m, e = exp(z - m) and Z of the first n samples.
  void normalise(std::size_t n) {
    double* __restrict m = sum_, * __restrict Z = Z_;
    std::copy_n(z_.row(0), n, m);
    for (std::size_t a = 1; a < A_; ++a) {
      const double* z = z_.row(a);
      for (std::size_t j = 0; j < n; ++j) m[j] = z[j] > m[j] ? z[j] : m[j];
    }
    std::fill_n(Z, n, 0.0);
    for (std::size_t a = 0; a < A_; ++a) {
      double* __restrict z = z_.row(a), * __restrict e = e_.row(a);
      for (std::size_t j = 0; j < n; ++j) z[j] -= m[j];
      math::exp(z, e, n);
      for (std::size_t j = 0; j < n; ++j) Z[j] += e[j];
    }
  }

  void sample(std::size_t n, const double* u, double* action_) {
    double* __restrict action = action_, * __restrict sum = sum_, *Z = Z_;
    std::fill_n(action, n, 0.0);
    std::fill_n(sum, n, 0.0);
    for (std::size_t a = 0; a + 1 < A_; ++a) {
      const double* e = e_.row(a);
      for (std::size_t j = 0; j < n; ++j) {
        sum[j] += e[j];
        action[j] += u[j] * Z[j] >= sum[j] ? 1.0 : 0.0;
      }
    }
  }

  void log_prob_of_normalised(std::size_t n, const double* action, double* log_prob_) {
    double* __restrict log_prob = log_prob_;
    const double* Z = Z_;
    std::copy_n(z_.row(0), n, log_prob);
    for (std::size_t a = 1; a < A_; ++a) {
      const double *z = z_.row(a), index = static_cast<double>(a);
      for (std::size_t j = 0; j < n; ++j) log_prob[j] = action[j] == index ? z[j] : log_prob[j];
    }
    for (std::size_t j = 0; j < n; ++j) log_prob[j] -= elementary::log(Z[j]);  // 1 <= Z <= A
  }

  void act_two(std::size_t n, const double* u, double* action, double* log_prob_) {
    in_packs(n, [&](auto lanes) {
      const auto [d0, d1] = below_maximum(lanes);
      const auto other = elementary::exp_of_negative(d0 + d1), Z = 1.0 + other;
      const auto drawn = lanes.load(u) * Z >= select(d0 == 0.0, 1.0, other);
      lanes.store(action, select(drawn, 1.0, lanes.zero()));
      lanes.store(log_prob_, select(drawn, d1, d0) - elementary::log_of_one_to_two(Z));
    });
  }

  In scores_two(std::size_t n, const double* action) {
    in_packs(n, [&](auto lanes) {
      const auto [d0, d1] = below_maximum(lanes);
      const auto other = elementary::exp_of_negative(d0 + d1), inverse = 1.0 / (1.0 + other);
      const auto e0 = select(d0 == 0.0, 1.0, other), e1 = select(d1 == 0.0, 1.0, other);
      const auto of_0 = select(lanes.load(action) == 0.0, e1, -e0) * inverse;
      lanes.store(e_.row(0), of_0);
      lanes.store(e_.row(1), -of_0);
    });
    return e_;
  }

  /// z - m of two actions.
  template <class Lanes>
  [[gnu::always_inline]] auto below_maximum(Lanes lanes) const {
    const auto z0 = lanes.load(z_.row(0)), z1 = lanes.load(z_.row(1));
    const auto m = select(z1 > z0, z1, z0);
    return std::pair(z0 - m, z1 - m);
  }

  std::size_t A_;
  Out z_, e_;
  double *Z_, *sum_;  // sum_: what one loop leaves to the next
};

}  // namespace seedbed
