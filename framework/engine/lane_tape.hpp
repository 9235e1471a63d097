#pragma once
#include <cstdint>

#include "engine/aligned.hpp"
#include "engine/lanes.hpp"

namespace seedbed {

/// What was recorded of the episodes under way, tick by tick: all lanes of a tick are written at
/// once, and each lane is read in the order of time. In between, whole windows of eight ticks are
/// turned, eight lanes by eight ticks in registers. Grows with the longest episode, keeps its
/// memory.
class LaneTape {
 public:
  static constexpr std::size_t window = 8;  ///< ticks; a cache line of numbers

  explicit LaneTape(std::size_t rows);

  void restart() { now_ = 0; }
  std::uint64_t now() const { return now_; }  ///< the tick that record() writes
  bool at_window() const { return now_ % window == 0; }

  /// Rows first_row .. of all lanes at this tick.
  void record(std::size_t first_row, const LaneRows& values);
  void advance() { ++now_; }
  /// Makes the ticks before now readable in the lanes below `used`; once per window, or at the end.
  /// What came before tick `oldest` may be overwritten.
  void turn(std::uint64_t oldest, std::size_t used);

  /// Copies the ticks first .. first+steps-1 of a lane, steps >= 1, row i to to[i][0] ..; up to
  /// to[i][steps+7] is overwritten. False when a number may not be finite: those after the end
  /// count.
  bool read(std::size_t lane, std::uint64_t first, std::size_t steps, double* const* to) const;

 private:
  void grow(std::uint64_t oldest);
  std::size_t window_size() const { return SEEDBED_LANES * rows_ * window; }
  std::size_t place(std::uint64_t number) const {
    return (number & (windows_ - 1)) * window_size();
  }

  std::size_t rows_, windows_ = 4;  ///< windows_: a power of two
  std::uint64_t now_ = 0;
  AlignedDoubles fresh_;   ///< [window][rows][lanes]: the ticks that were not turned yet
  AlignedDoubles turned_;  ///< [windows][lanes][rows][window], a ring of windows
};

}  // namespace seedbed
