#pragma once
#include <cassert>
#include <cmath>
#include <cstddef>
#include <vector>

namespace seedbed {

/// A small dense matrix, row after row; a vector is a matrix of one column. Shapes are asserted.
///
/// Rationale: not Eigen. What the oracle says is stored, so it must have the same bits at every
/// vector width and from both compilers: sums here run in the order of the index.
struct Dense {
  std::size_t rows, columns;
  std::vector<double> data;

  Dense(std::size_t rows_, std::size_t columns_)
      : rows(rows_), columns(columns_), data(rows_ * columns_, 0.0) {}
  Dense(std::size_t rows_, std::size_t columns_, const double* from)
      : rows(rows_), columns(columns_), data(from, from + rows_ * columns_) {}

  double& operator()(std::size_t i, std::size_t j = 0) { return data[i * columns + j]; }
  double operator()(std::size_t i, std::size_t j = 0) const { return data[i * columns + j]; }

  Dense& operator+=(const Dense& other) {
    assert(rows == other.rows && columns == other.columns);
    for (std::size_t k = 0; k < data.size(); ++k) data[k] += other.data[k];
    return *this;
  }
  Dense& operator*=(double factor) {
    for (double& entry : data) entry *= factor;
    return *this;
  }
};

inline Dense operator+(Dense a, const Dense& b) {
  return a += b;
}
inline Dense operator*(double factor, Dense a) {
  return a *= factor;
}
inline Dense operator-(Dense a, const Dense& b) {
  return a += -1.0 * b;
}

inline Dense operator*(const Dense& a, const Dense& b) {
  assert(a.columns == b.rows);
  Dense c(a.rows, b.columns);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t k = 0; k < a.columns; ++k)
      for (std::size_t j = 0; j < b.columns; ++j) c(i, j) += a(i, k) * b(k, j);
  return c;
}

inline Dense transpose(const Dense& a) {
  Dense b(a.columns, a.rows);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) b(j, i) = a(i, j);
  return b;
}

/// The symmetric part of a square matrix, row after row.
inline Dense symmetric(const double* data, std::size_t size) {
  const Dense M(size, size, data);
  return 0.5 * (M + transpose(M));
}

inline Dense diagonal(const std::vector<double>& entries) {
  Dense a(entries.size(), entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) a(i, i) = entries[i];
  return a;
}

/// tr A'B: the sum of the products of the entries.
inline double inner(const Dense& a, const Dense& b) {
  assert(a.rows == b.rows && a.columns == b.columns);
  double sum = 0.0;
  for (std::size_t k = 0; k < a.data.size(); ++k) sum += a.data[k] * b.data[k];
  return sum;
}

inline double trace(const Dense& a) {
  double sum = 0.0;
  for (std::size_t j = 0; j < a.rows; ++j) sum += a(j, j);
  return sum;
}

inline double norm(const Dense& a) {
  return std::sqrt(inner(a, a));
}

}  // namespace seedbed
