#pragma once
#include <seedbed/drawing.hpp>
#include <vector>

#include "process.hpp"

namespace seedbed {

/// States as squares, row after row from the top, `columns` a row. A state that no transition
/// enters and none starts in is left out. One whose entry ends the episode is a goal where that
/// pays the most that an end pays, a danger elsewhere.
class Grid {
 public:
  /// `columns` 0: the square, or the smallest number of columns that is no less than of rows and
  /// leaves none open; of a prime a single row.
  Grid(const Process& process, std::size_t columns);

  View view() const;
  void draw(std::size_t state, Canvas& canvas) const;

 private:
  std::size_t column(std::size_t s) const { return s % columns_; }
  double top(std::size_t s) const { return static_cast<double>(rows_ - s / columns_); }

  std::size_t columns_, rows_;
  std::vector<seedbed_ink> ink_;  ///< [states]
  std::vector<bool> shown_;       ///< [states]
};

}  // namespace seedbed
