#pragma once
#include <cstddef>
#include <optional>

namespace seedbed {

/// How long the rest takes, from what has ended. With c the nominal cost of a task and x its
/// seconds, m = Σx / Σc over n tasks that ended and s² = Σ(x − m c)² / (n − 1); what is left is C
/// in k tasks for J workers:
///
///   (m C ± 2 s √(k + k²/n)) / J, and at least ± 10 %
class Forecast {
 public:
  struct Range {
    double low, high;  ///< Seconds.
  };

  /// A task that ended, or the part of one that is behind it.
  void add(double cost, double seconds);
  /// Nothing before something was added. `cost` and `tasks`: what is left; `workers` >= 1.
  std::optional<Range> left(double cost, std::size_t tasks, std::size_t workers) const;

 private:
  double count_ = 0, cost_ = 0, seconds_ = 0;
  double cost_squares_ = 0, second_squares_ = 0, products_ = 0;
};

}  // namespace seedbed
