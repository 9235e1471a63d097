#pragma once
#include <cstdint>
#include <limits>
#include <random>
#include <seedbed/arrays.hpp>
#include <string>
#include <vector>

#include "engine/arena.hpp"

namespace seedbed::contract {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// As many lanes as laws are tried with.
inline constexpr std::size_t two_blocks = 2 * SEEDBED_LANES;

/// A block of a law: rows of n numbers at an odd stride, with guards between the rows that nobody
/// may touch.
class Block {
 public:
  Block(std::size_t rows, std::size_t n, double fill = 0.0);

  std::size_t rows() const { return rows_; }
  std::size_t size() const { return n_; }
  double& operator()(std::size_t i, std::size_t j) { return data_[i * stride() + j]; }
  double operator()(std::size_t i, std::size_t j) const { return data_[i * stride() + j]; }
  double* row(std::size_t i) { return data_.data() + i * stride(); }
  const double* row(std::size_t i) const { return data_.data() + i * stride(); }
  operator seedbed_in() const { return {data_.data(), stride()}; }
  operator seedbed_out() { return {data_.data(), stride()}; }

  bool guarded() const;                                        ///< the guards stand as they were
  bool same_bits(const Block& other) const;                    ///< guards included
  Block columns(const std::vector<std::size_t>& which) const;  ///< those columns, in that order

 private:
  std::size_t stride() const { return n_ + 5; }

  std::size_t rows_, n_;
  std::vector<double> data_;
};

/// The columns 0 .. n-1, n = two_blocks, in runs of the lengths that calls have: a whole block
/// of lanes and parts of one.
std::vector<std::vector<std::size_t>> runs_of_columns(std::size_t n);

/// Random numbers for laws: fixed by the seed.
class Source {
 public:
  explicit Source(std::uint64_t seed) : bits_(seed) {}
  double uniform() { return (static_cast<double>(bits_() >> 11) + 0.5) * 0x1p-53; }
  double normal();
  Block uniforms(std::size_t rows, std::size_t n);
  Block normals(std::size_t rows, std::size_t n);
  std::vector<std::size_t> permutation(std::size_t n);

 private:
  std::mt19937_64 bits_;
};

/// Scratch memory that is full of one number, NaN by default: what it held before must not matter.
class Scrambled : private seedbed_scratch {
 public:
  explicit Scrambled(double contents = nan);
  seedbed_scratch* fresh();

 private:
  double contents_;
  Arena arena_;
  seedbed_scratch* source_;
};

/// Throws an Error "law '<law>': <text>" unless `holds`.
void demand(bool holds, const char* law, const std::string& text);

/// "expected <x>, got <y>", to the last bit.
std::string expected_got(double expected, double got);

/// Demands that two blocks have the same bits; else names row and column of the first that differs,
/// what was expected and got. `what`: "state of step".
void demand_same(const Block& expected, const Block& got, const char* law, const std::string& what);

/// Up to eight numbers of column j: "state (1, 2)"; "" when it has no rows.
std::string column_text(const char* name, const Block& block, std::size_t j);

}  // namespace seedbed::contract
