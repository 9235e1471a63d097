#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace seedbed::comparison {

/// What a sparkline's lowest and highest mark stand for.
struct Span {
  double low, high;
};

/// Of the finite values of all curves; {0, 0} when there are none.
Span span_of(const std::vector<const std::vector<double>*>& curves);

/// A curve in `columns` marks ▁▂▃▄▅▆▇█, each the mean of its share of the points, or fewer marks
/// than there are columns when it has fewer points; · where nothing is finite.
std::string sparkline(const std::vector<double>& curve, std::size_t columns, const Span& span);

}  // namespace seedbed::comparison
