#include "analysis/report/row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/report/number.hpp"

namespace seedbed::analysis {

Entry number(double value, int digits) {
  return {rounded(value, digits), exact(value)};
}

Entry share(double value) {
  if (std::isnan(value)) return {"-", ""};
  return {std::to_string(std::lround(100 * value)) + " %", exact(value)};
}

double at(const std::vector<double>& values, std::size_t i) {
  return i < values.size() ? values[i] : std::numeric_limits<double>::quiet_NaN();
}

void add_coordinates(const Stage& stage, std::size_t cell, std::vector<Entry>& row) {
  const auto place = stage.place(cell);
  for (std::size_t i = 0; i < place.size(); ++i)
    row.push_back(word(stage.axes[i].labels[place[i]]));
}

void add_mean(double mean, double half_width, std::vector<Entry>& row) {
  const MeanText text = rounded_mean(mean, half_width);
  row.push_back({text.mean, exact(mean)});
  row.push_back({text.half_width, exact(half_width)});
}

Table empty_table(const Stage& stage, const std::string& what) {
  Table table;
  table.title = stage.name + ": " + what;
  for (const Axis& axis : stage.axes) table.header.push_back(axis.name);
  return table;
}

bool any_positive(const std::vector<double>& values) {
  return std::ranges::any_of(values, [](double x) { return x > 0; });
}

}  // namespace seedbed::analysis
