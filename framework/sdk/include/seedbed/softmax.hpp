#pragma once
#include <algorithm>
#include <seedbed/arrays.hpp>
#include <seedbed/math.hpp>
#include <seedbed/segment_run.hpp>
#include <seedbed/softmax_of_two.hpp>
#include <utility>

namespace seedbed {

/// pi_a = exp(z_a - m) / Z, m = max_a z_a, Z = sum_a exp(z_a - m), for up to 256 samples at once: a
/// policy fills the logits, then asks for one thing of them.
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
    if (A_ == 2) return of_two().act(n, u, action, log_prob_);
    normalise(n);
    sample(n, u, action);
    log_prob_of_normalised(n, action, log_prob_);
  }

  /// log pi(a_j), a_j in 0 .. A-1.
  void log_prob(std::size_t n, const double* action, double* log_prob_) {
    if (A_ == 2) return of_two().log_prob(n, action, log_prob_);
    normalise(n);
    log_prob_of_normalised(n, action, log_prob_);
  }

  /// pi_a [n] in row a of what it gives.
  In probabilities(std::size_t n) {
    if (A_ == 2) {
      of_two().probabilities(n, e_);
      return e_;
    }
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
    if (A_ == 2) {
      of_two().scores(n, action, e_.row(0));
      for (std::size_t j = 0; j < n; ++j) e_(1, j) = -e_(0, j);
      return e_;
    }
    probabilities(n);
    for (std::size_t a = 0; a < A_; ++a) {
      double* __restrict p = e_.row(a);
      const auto index = static_cast<double>(a);
      for (std::size_t j = 0; j < n; ++j) p[j] = (action[j] == index ? 1.0 : 0.0) - p[j];
    }
    return e_;
  }

 private:
  struct DifferenceOfLogits {
    In z;
    [[gnu::always_inline]] auto operator()(auto lanes) const {
      return lanes.load(z.row(1)) - lanes.load(z.row(0));
    }
  };
  SoftmaxOfTwo<DifferenceOfLogits> of_two() const { return {DifferenceOfLogits{z_}}; }

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

  std::size_t A_;
  Out z_, e_;
  double *Z_, *sum_;  // sum_: what one loop leaves to the next
};

}  // namespace seedbed
