#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/aligned.hpp"
#include "engine/lanes.hpp"

namespace seedbed {

/// What happens in the episodes under way, tick by tick: the rows of a tick are where its numbers
/// come to be, all lanes side by side, and each lane is read in the order of time. In between,
/// whole windows of eight ticks are turned, eight lanes by eight ticks in registers. The next
/// window goes where the last one was that nobody reads any more, which is the likeliest to be in
/// the cache. Grows with the longest episode, keeps its memory.
class LaneTape {
 public:
  static constexpr std::size_t window = 8;  ///< ticks; a cache line of numbers

  explicit LaneTape(std::size_t rows);

  void restart();
  std::uint64_t now() const { return now_; }  ///< the tick under way
  bool at_window() const { return now_ % window == 0; }

  /// Rows of all lanes, SEEDBED_LANES apart: of this tick, and of the one that advance() begins.
  double* row(std::size_t i) { return slot(now_ % window) + i * SEEDBED_LANES; }
  double* next_row(std::size_t i) { return row(i) + rows_ * SEEDBED_LANES; }
  /// The lanes below `used` have written the tick under way. Asks for an eighth of the memory that
  /// this window will be turned into: on long episodes it has left the cache since. (Here and not
  /// in a function of its own, whose calls g++ leaves out as without effect.)
  void advance(std::size_t used) {
    const std::size_t share = window_size() / window;
    const double* to = turned_.data() + place(now_ / window) + now_ % window * share;
    for (std::size_t i = 0; i < share; i += window) __builtin_prefetch(to + i, 1, 2);
    ++now_;
    used_ = std::max(used_, used);
  }
  /// Makes the ticks before now readable; at each window, and at the end. What came before tick
  /// `oldest` may be overwritten.
  void turn(std::uint64_t oldest);

  /// Copies the ticks first .. first+steps-1 of a lane, steps >= 1, row i to to[i][at] ..; up to
  /// to[i][at+steps+7] is overwritten. False when a number may not be finite: those after the end
  /// count.
  bool read(std::size_t lane, std::uint64_t first, std::size_t steps, double* const* to,
            std::size_t at) const;

 private:
  void make_place(std::uint64_t number);
  double* slot(std::uint64_t tick) { return fresh_.data() + tick * rows_ * SEEDBED_LANES; }
  std::size_t window_size() const { return SEEDBED_LANES * rows_ * window; }
  std::size_t index(std::uint64_t number) const { return number & (places_.size() - 1); }
  /// Of the windows oldest_ .. to the one under way; of others any.
  std::size_t place(std::uint64_t number) const { return places_[index(number)] * window_size(); }

  std::size_t rows_;
  std::uint64_t now_, oldest_;       ///< tick; window
  std::size_t used_;                 ///< lanes that have written since the last window
  AlignedDoubles fresh_;             ///< [window + 1][rows][lanes]: ticks not turned yet, the next
  AlignedDoubles turned_;            ///< [places][lanes][rows][window]
  std::vector<std::size_t> places_;  ///< of windows, by index(number); a power of two
  std::vector<std::size_t> free_;    ///< places, the last one left at the end
};

}  // namespace seedbed
