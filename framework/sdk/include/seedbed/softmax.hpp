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
        log_Z_(scratch.take(capacity)) {}

  Out logits() { return z_; }  ///< [A][capacity], to be filled before normalise

  /// z, e = exp(z - m) and Z of the first n samples.
  void normalise(std::size_t n) {
    const std::size_t padded = (n + 7) / 8 * 8;
    for (std::size_t a = 0; a < A_; ++a) std::fill(z_.row(a) + n, z_.row(a) + padded, 0.0);
    double *__restrict m = log_Z_, *__restrict Z = Z_;
    std::copy_n(z_.row(0), padded, m);
    for (std::size_t a = 1; a < A_; ++a) {
      const double* z = z_.row(a);
      for (std::size_t j = 0; j < padded; ++j) m[j] = z[j] > m[j] ? z[j] : m[j];
    }
    for (std::size_t a = 0; a < A_; ++a) {
      double* __restrict z = z_.row(a);
      for (std::size_t j = 0; j < padded; ++j) z[j] -= m[j];
    }
    exponentiate(padded);
    std::copy_n(e_.row(0), padded, Z);
    for (std::size_t a = 1; a < A_; ++a) {
      const double* e = e_.row(a);
      for (std::size_t j = 0; j < padded; ++j) Z[j] += e[j];
    }
  }

  /// Inverse of the distribution function: a = #{k < A-1 : u Z >= e_0 + ... + e_k}. An action of
  /// probability 0 is never drawn.
  void sample(std::size_t n, const double* u, double* action_) {
    double *__restrict action = action_, *__restrict sum = log_Z_;
    std::fill_n(action, n, 0.0);
    std::fill_n(sum, n, 0.0);
    for (std::size_t a = 0; a + 1 < A_; ++a) {
      const double *e = e_.row(a), *Z = Z_;
      for (std::size_t j = 0; j < n; ++j) {
        sum[j] += e[j];
        action[j] += u[j] * Z[j] >= sum[j] ? 1.0 : 0.0;
      }
    }
  }

  /// log pi(a_j), a_j in 0 .. A-1.
  void log_prob(std::size_t n, const double* action, double* log_prob_) {
    double* __restrict log_prob = log_prob_;
    std::copy_n(z_.row(0), n, log_prob);
    for (std::size_t a = 1; a < A_; ++a) {
      const double *z = z_.row(a), index = static_cast<double>(a);
      for (std::size_t j = 0; j < n; ++j) log_prob[j] = action[j] == index ? z[j] : log_prob[j];
    }
    subtract_log_Z(n, log_prob);
  }

  /// p[j] = pi_a.
  void probability(std::size_t n, std::size_t a, double* p_) const {
    double* __restrict p = p_;
    const double *e = e_.row(a), *Z = Z_;
    for (std::size_t j = 0; j < n; ++j) p[j] = e[j] / Z[j];
  }

  /// D[j] = w_j d log pi(a_j) / d z_a = w_j (1{a_j = a} - pi_a).
  void weighted_score(std::size_t n, std::size_t a, const double* action, const double* w,
                      double* D_) const {
    double* __restrict D = D_;
    const double *e = e_.row(a), *Z = Z_, index = static_cast<double>(a);
    for (std::size_t j = 0; j < n; ++j)
      D[j] = w[j] * ((action[j] == index ? 1.0 : 0.0) - e[j] / Z[j]);
  }

 private:
  /// e = exp(z); of two actions one has z = 0, so that one exponential gives the same bits.
  void exponentiate(std::size_t padded) {
    if (A_ != 2) {
      for (std::size_t a = 0; a < A_; ++a) math::exp(z_.row(a), e_.row(a), padded);
      return;
    }
    const double *z0 = z_.row(0), *z1 = z_.row(1);
    double *__restrict e0 = e_.row(0), *__restrict e1 = e_.row(1), *__restrict x = log_Z_;
    for (std::size_t j = 0; j < padded; ++j) x[j] = z0[j] + z1[j];
    math::exp(x, x, padded);
    for (std::size_t j = 0; j < padded; ++j) {
      e0[j] = z0[j] == 0.0 ? 1.0 : x[j];
      e1[j] = z1[j] == 0.0 ? 1.0 : x[j];
    }
  }

  void subtract_log_Z(std::size_t n, double* __restrict log_prob) {
    math::log(Z_, log_Z_, (n + 7) / 8 * 8);
    const double* log_Z = log_Z_;
    for (std::size_t j = 0; j < n; ++j) log_prob[j] -= log_Z[j];
  }

  std::size_t A_;
  Out z_, e_;
  double *Z_, *log_Z_;
};

}  // namespace seedbed
