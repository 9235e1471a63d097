#pragma once
#include <algorithm>
#include <seedbed/arrays.hpp>
#include <seedbed/math.hpp>
#include <seedbed/segment_run.hpp>

namespace seedbed {

/// pi_a = exp(z_a - m) / Z, m = max_a z_a, Z = sum_a exp(z_a - m), for up to 256 samples at once: a
/// policy fills the logits, normalises, and takes what it needs. Rows are padded so that the bits
/// of a sample do not depend on the others.
class Softmax {
 public:
  static constexpr std::size_t capacity = SegmentRun::capacity;

  /// `actions` >= 1.
  Softmax(std::size_t actions, Scratch& scratch)
      : A_(actions),
        z_(scratch.take(actions * capacity), capacity),
        e_(scratch.take(actions * capacity), capacity),
        Z_(scratch.take(capacity)),
        rest_(scratch.take(capacity)) {}

  Out logits() { return z_; }  ///< [A][capacity], to be filled before normalise

  /// z - m, e = exp(z - m) and Z of the first n samples.
  void normalise(std::size_t n) {
    const std::size_t padded = (n + 7) / 8 * 8;
    for (std::size_t a = 0; a < A_; ++a) std::fill(z_.row(a) + n, z_.row(a) + padded, 0.0);
    if (A_ == 2) return normalise_two(padded);
    double* __restrict m = rest_, * __restrict Z = Z_;
    std::copy_n(z_.row(0), padded, m);
    for (std::size_t a = 1; a < A_; ++a) {
      const double* z = z_.row(a);
      for (std::size_t j = 0; j < padded; ++j) m[j] = z[j] > m[j] ? z[j] : m[j];
    }
    for (std::size_t a = 0; a < A_; ++a) {
      double* __restrict z = z_.row(a);
      for (std::size_t j = 0; j < padded; ++j) z[j] -= m[j];
      math::exp(z, e_.row(a), padded);
    }
    std::copy_n(e_.row(0), padded, Z);
    for (std::size_t a = 1; a < A_; ++a) {
      const double* e = e_.row(a);
      for (std::size_t j = 0; j < padded; ++j) Z[j] += e[j];
    }
  }

  /// Inverse of the distribution function: a = #{k < A-1 : u Z >= e_0 + ... + e_k}. An action of
  /// probability 0 is never drawn. After normalise, before divide.
  void sample(std::size_t n, const double* u, double* action_) {
    double* __restrict action = action_, * __restrict sum = rest_;
    const double *e0 = e_.row(0), *Z = Z_;
    if (A_ == 1) return (void)std::fill_n(action, n, 0.0);
    for (std::size_t j = 0; j < n; ++j) action[j] = u[j] * Z[j] >= e0[j] ? 1.0 : 0.0;
    if (A_ > 2) std::copy_n(e0, n, sum);
    for (std::size_t a = 1; a + 1 < A_; ++a) {
      const double* e = e_.row(a);
      for (std::size_t j = 0; j < n; ++j) {
        sum[j] += e[j];
        action[j] += u[j] * Z[j] >= sum[j] ? 1.0 : 0.0;
      }
    }
  }

  /// log pi(a_j), a_j in 0 .. A-1.
  void log_prob(std::size_t n, const double* action, double* log_prob_) {
    double* __restrict log_prob = log_prob_;
    const double* Z = Z_;
    std::copy_n(z_.row(0), n, log_prob);
    for (std::size_t a = 1; a < A_; ++a) {
      const double *z = z_.row(a), index = static_cast<double>(a);
      for (std::size_t j = 0; j < n; ++j) log_prob[j] = action[j] == index ? z[j] : log_prob[j];
    }
    for (std::size_t j = 0; j < n; ++j) log_prob[j] -= elementary::log(Z[j]);  // 1 <= Z <= A
  }

  /// e = pi.
  void divide(std::size_t n) {
    double* __restrict inverse = rest_;
    const double* Z = Z_;
    for (std::size_t j = 0; j < n; ++j) inverse[j] = 1.0 / Z[j];
    for (std::size_t a = 0; a < A_; ++a) {
      double* __restrict e = e_.row(a);
      for (std::size_t j = 0; j < n; ++j) e[j] *= inverse[j];
    }
  }

  /// pi_a [n], after divide.
  const double* probability(std::size_t a) const { return e_.row(a); }

  /// D[j] = w_j d log pi(a_j) / d z_a = w_j (1{a_j = a} - pi_a), after divide. Of two actions
  /// 1 - pi_0 is pi_1, and D of one is exactly minus D of the other.
  void weighted_score(std::size_t n, std::size_t a, const double* action, const double* w,
                      double* D_) const {
    double* __restrict D = D_;
    const double *p = e_.row(a), index = static_cast<double>(a);
    if (A_ == 2) {
      const double* other = e_.row(1 - a);
      for (std::size_t j = 0; j < n; ++j) D[j] = w[j] * (action[j] == index ? other[j] : -p[j]);
      return;
    }
    for (std::size_t j = 0; j < n; ++j) D[j] = w[j] * ((action[j] == index ? 1.0 : 0.0) - p[j]);
  }

 private:
  /// Of two actions one has z = 0, so that one exponential is enough.
  void normalise_two(std::size_t padded) {
    double* __restrict z0 = z_.row(0), * __restrict z1 = z_.row(1), * __restrict x = rest_;
    double* __restrict e0 = e_.row(0), * __restrict e1 = e_.row(1), * __restrict Z = Z_;
    for (std::size_t j = 0; j < padded; ++j) {
      const double m = z1[j] > z0[j] ? z1[j] : z0[j];
      z0[j] -= m;
      z1[j] -= m;
      x[j] = elementary::exp(z0[j] + z1[j]);
    }
    for (std::size_t j = 0; j < padded; ++j) {
      e0[j] = z0[j] == 0.0 ? 1.0 : x[j];
      e1[j] = z1[j] == 0.0 ? 1.0 : x[j];
      Z[j] = e0[j] + e1[j];
    }
  }

  std::size_t A_;
  Out z_, e_;
  double *Z_, *rest_;  // rest_: what one loop leaves to the next
};

}  // namespace seedbed
