#include "laws/block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <seedbed/error.hpp>
#include <seedbed/math.hpp>

namespace seedbed::contract {
namespace {

constexpr double guard = 0x1.badbadp+300;
}  // namespace

Block::Block(std::size_t rows, std::size_t n, double fill)
    : rows_(rows), n_(n), data_(rows * (n + 5) + 1, guard) {
  for (std::size_t i = 0; i < rows; ++i) std::fill_n(row(i), n, fill);
}

bool Block::guarded() const {
  for (std::size_t i = 0; i < rows_; ++i)
    if (std::any_of(row(i) + n_, row(i) + stride(), [](double x) { return x != guard; }))
      return false;
  return data_.back() == guard;
}

bool Block::same_bits(const Block& other) const {
  return data_.size() == other.data_.size() &&
         std::memcmp(data_.data(), other.data_.data(), data_.size() * sizeof(double)) == 0;
}

Block Block::columns(const std::vector<std::size_t>& which) const {
  Block chosen(rows_, which.size());
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t j = 0; j < which.size(); ++j) chosen(i, j) = (*this)(i, which[j]);
  return chosen;
}

std::vector<std::vector<std::size_t>> runs_of_columns(std::size_t n) {
  constexpr std::size_t block = SEEDBED_LANES, part = 8;
  std::vector<std::vector<std::size_t>> runs;
  std::size_t first = 0;
  for (const std::size_t length : {part, block, 3 * part, n - block - 4 * part}) {
    std::vector<std::size_t>& run = runs.emplace_back(length);
    std::iota(run.begin(), run.end(), first);
    first += length;
  }
  return runs;
}

double Source::normal() {
  const double u = uniform(), v = uniform();
  return elementary::box_muller(u, v).first;
}

Block Source::uniforms(std::size_t rows, std::size_t n) {
  Block block(rows, n);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < n; ++j) block(i, j) = uniform();
  return block;
}

Block Source::normals(std::size_t rows, std::size_t n) {
  Block block(rows, n);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < n; ++j) block(i, j) = normal();
  return block;
}

std::vector<std::size_t> Source::permutation(std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[bits_() % i]);
  return order;
}

Scrambled::Scrambled(double contents)
    : seedbed_scratch{[](seedbed_scratch* scratch, std::uint64_t count) {
                        auto* self = static_cast<Scrambled*>(scratch);
                        double* memory = self->source_->take(self->source_, count);
                        std::fill_n(memory, count, self->contents_);
                        return memory;
                      },
                      [](const seedbed_scratch* scratch) {
                        const seedbed_scratch* source =
                            static_cast<const Scrambled*>(scratch)->source_;
                        return source->mark(source);
                      },
                      [](seedbed_scratch* scratch, std::uint64_t place) {
                        seedbed_scratch* source = static_cast<Scrambled*>(scratch)->source_;
                        source->release(source, place);
                      }},
      contents_(contents),
      source_(arena_.fresh()) {}

seedbed_scratch* Scrambled::fresh() {
  source_ = arena_.fresh();
  return this;
}

void demand(bool holds, const char* law, const std::string& text) {
  if (!holds) throw Error("law '" + std::string(law) + "': " + text, Exit::plugin);
}

std::string expected_got(double expected, double got) {
  return fmt::format("expected {}, got {}", expected, got);
}

void demand_same(const Block& expected, const Block& got, const char* law,
                 const std::string& what) {
  if (expected.same_bits(got)) return;
  for (std::size_t i = 0; i < expected.rows(); ++i)
    for (std::size_t j = 0; j < expected.size(); ++j)
      demand(std::memcmp(expected.row(i) + j, got.row(i) + j, sizeof(double)) == 0, law,
             fmt::format("{}, row {}, column {}: {}", what, i, j,
                         expected_got(expected(i, j), got(i, j))));
  demand(false, law, what + " wrote beyond its outputs");
}

std::string column_text(const char* name, const Block& block, std::size_t j) {
  if (block.rows() == 0) return "";
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(8, block.rows()); ++i)
    text += fmt::format("{}{}", i ? ", " : "", block(i, j));
  return fmt::format(" {} ({}{})", name, text, block.rows() > 8 ? ", ..." : "");
}

}  // namespace seedbed::contract
