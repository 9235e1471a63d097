#include "runner/forecast.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed {

void Forecast::add(double cost, double seconds) {
  count_ += 1.0;
  cost_ += cost;
  seconds_ += seconds;
  cost_squares_ += cost * cost;
  second_squares_ += seconds * seconds;
  products_ += cost * seconds;
}

std::optional<Forecast::Range> Forecast::left(double cost, std::size_t tasks,
                                              std::size_t workers) const {
  if (!(cost_ > 0.0)) return std::nullopt;
  const double m = seconds_ / cost_;
  const auto k = static_cast<double>(tasks);
  const auto J = static_cast<double>(std::max<std::size_t>(1, std::min(workers, tasks)));
  const double squares = second_squares_ - 2.0 * m * products_ + m * m * cost_squares_;
  // one task says nothing of how tasks differ: as much as they take
  const double s =
      count_ > 1.0 ? std::sqrt(std::max(0.0, squares) / (count_ - 1.0)) : seconds_ / 4.0;
  const double middle = m * cost / J;
  const double half = std::max(2.0 * s * std::sqrt(k + k * k / count_) / J, 0.1 * middle);
  return Range{std::max(0.0, middle - half), middle + half};
}

}  // namespace seedbed
