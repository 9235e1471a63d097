#include "engine/lane_tape.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "engine/transpose.hpp"
#include "loader/variant.hpp"

namespace seedbed {

namespace {

typedef double HalfLine __attribute__((vector_size(LaneTape::window / 2 * sizeof(double))));
typedef std::int64_t HalfLineBits __attribute__((vector_size(sizeof(HalfLine))));

HalfLine load_half(const double* from) {
  HalfLine x;
  std::memcpy(&x, from, sizeof x);
  return x;
}

}  // namespace

LaneTape::LaneTape(std::size_t rows)
    : rows_(rows),
      fresh_(window_size() + rows * SEEDBED_LANES),
      turned_(window_size() + window),  // read() may look beyond the last row
      places_(1) {
  restart();
}

void LaneTape::restart() {
  now_ = oldest_ = used_ = 0;
  free_.resize(places_.size());
  std::iota(free_.rbegin(), free_.rend(), 0);
  make_place(0);
}

void LaneTape::turn(std::uint64_t oldest) {
  static const bool by_eight = cpu_has_variants();
  if (now_ == 0) return;
  const std::uint64_t number = (now_ - 1) / window;
  double* to = turned_.data() + place(number);
  for (std::size_t j = 0; j < used_; j += 8)
    for (std::size_t i = 0; i < rows_; ++i)
      transpose8(fresh_.data() + i * SEEDBED_LANES + j, rows_ * SEEDBED_LANES,
                 to + (j * rows_ + i) * window, rows_ * window, by_eight);
  if (!at_window()) return;
  std::copy_n(slot(window), rows_ * SEEDBED_LANES, slot(0));
  used_ = 0;
  for (; oldest_ < oldest / window; ++oldest_) free_.push_back(places_[index(oldest_)]);
  make_place(number + 1);
}

/// Takes a free place for the window `number`, the one after all that are in use.
void LaneTape::make_place(std::uint64_t number) {
  if (free_.empty()) {
    const std::size_t before = places_.size();
    const std::vector<std::size_t> old = places_;
    places_.resize(2 * before);
    for (std::uint64_t k = oldest_; k < number; ++k) places_[index(k)] = old[k & (before - 1)];
    turned_.resize(2 * before * window_size() + window);
    for (std::size_t place = 2 * before; place-- > before;) free_.push_back(place);
  }
  places_[index(number)] = free_.back();
  free_.pop_back();
}

bool LaneTape::read(std::size_t lane, std::uint64_t first, std::size_t steps, double* const* to,
                    std::size_t at) const {
  const std::size_t skipped = first % window, rows = rows_;
  HalfLineBits odd = {};
  const auto copy = [&](std::uint64_t number, std::size_t from, std::size_t t) {
    const double* source = turned_.data() + place(number) + lane * rows * window + from;
    const double* next = turned_.data() + place(number + 2) + lane * rows * window;
    for (std::size_t i = 0; i < rows; ++i) __builtin_prefetch(next + i * window);
    for (std::size_t i = 0; i < rows; ++i, source += window) {
      const HalfLine x = load_half(source), y = load_half(source + window / 2);
      double* target = to[i] + t;
      __builtin_prefetch(target + 8 * window, 1);  // of eight rows: more than hardware follows
      std::memcpy(target, &x, sizeof x);
      std::memcpy(target + window / 2, &y, sizeof y);
      odd |= reinterpret_cast<HalfLineBits>((x - x) + (y - y));  // 0 for finite numbers, else NaN
    }
  };
  std::uint64_t number = first / window;
  copy(number, skipped, at);
  for (std::size_t t = window - skipped; t < steps; t += window) copy(++number, 0, at + t);
  return ((odd[0] | odd[1]) | (odd[2] | odd[3])) == 0;
}

}  // namespace seedbed
