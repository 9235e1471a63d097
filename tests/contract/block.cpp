#include "contract/block.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <seedbed/error.hpp>
#include <seedbed/math.hpp>

namespace seedbed::contract {
namespace {

constexpr double guard = 0x1.badbadp+300;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

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

double Source::normal() {
  double sine, cosine;
  const double radius = -2.0 * math::log(uniform()), angle = 2.0 * uniform();
  math::sincospi(&angle, &sine, &cosine, 1);
  return std::sqrt(radius) * cosine;
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

Scrambled::Scrambled()
    : seedbed_scratch{[](seedbed_scratch* scratch, std::uint64_t count) {
                        auto* self = static_cast<Scrambled*>(scratch);
                        double* memory = self->source_->take(self->source_, count);
                        std::fill_n(memory, count, nan);
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
      source_(arena_.fresh()) {}

seedbed_scratch* Scrambled::fresh() {
  source_ = arena_.fresh();
  return this;
}

void demand(bool holds, const char* law, const std::string& text) {
  if (!holds) throw Error("law '" + std::string(law) + "': " + text, Exit::plugin);
}

}  // namespace seedbed::contract
