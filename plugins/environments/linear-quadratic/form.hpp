#pragma once
#include <seedbed/arrays.hpp>
#include <vector>

namespace seedbed {

/// An entry of a matrix that is not zero.
struct Term {
  std::size_t row, column;
  double value;
};

/// y += M x for n lanes. Zero entries cost nothing; the sums run in the order of the columns.
class Map {
 public:
  Map(const std::vector<double>& M, std::size_t columns) {
    for (std::size_t i = 0; i < M.size(); ++i)
      if (M[i] != 0.0) terms_.push_back({i / columns, i % columns, M[i]});
  }

  void add(In x_, Out y_, std::size_t n) const {
    for (const Term& term : terms_) {
      const double value = term.value, *x = x_.row(term.column);
      double* __restrict y = y_.row(term.row);
      for (std::size_t j = 0; j < n; ++j) y[j] += value * x[j];
    }
  }

 private:
  std::vector<Term> terms_;
};

/// The quadratic form x'M x of a symmetric M, subtracted from a reward.
class Form {
 public:
  Form(const std::vector<double>& M, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t k = i; k < size; ++k)
        if (const double value = M[i * size + k]; value != 0.0)
          terms_.push_back({i, k, i == k ? value : 2.0 * value});
  }

  void subtract(In x, double* reward_, std::size_t n) const {
    double* __restrict reward = reward_;
    for (const Term& term : terms_) {
      const double value = term.value, *xi = x.row(term.row), *xk = x.row(term.column);
      for (std::size_t j = 0; j < n; ++j) reward[j] -= value * (xi[j] * xk[j]);
    }
  }

 private:
  std::vector<Term> terms_;
};

}  // namespace seedbed
