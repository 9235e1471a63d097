#include "analysis/comparison/curves.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "analysis/statistics/band.hpp"
#include "store/statistic.hpp"

namespace seedbed::comparison {

Curves::Curves(std::vector<double> data, std::size_t replicates)
    : replicates_(replicates), iterations_(data.size() / replicates), data_(std::move(data)) {
  for (std::size_t r = 0; r < replicates_; ++r)
    for (std::size_t i = iterations_; i > length_; --i)
      if (!std::isnan(at(r, i - 1))) length_ = i;
}

double Curves::final_value(std::size_t r) const {
  if (length_ == 0) return nan;
  return final_return(std::span(data_).subspan(r * iterations_, length_));
}

double Curves::mean_height(std::size_t r, const std::vector<double>& iteration) const {
  statistics::Scores curve(1, static_cast<Eigen::Index>(length_));
  for (std::size_t i = 0; i < length_; ++i) curve(0, static_cast<Eigen::Index>(i)) = at(r, i);
  if (length_ == 0 || !curve.isFinite().all()) return nan;
  const auto end = iteration.begin() + static_cast<std::ptrdiff_t>(length_);
  return statistics::mean_heights({iteration.begin(), end}, curve)[0];
}

statistics::Reach Curves::first_at(double level, const Curves& steps, std::size_t r) const {
  std::vector<double> at_steps, values;
  for (std::size_t i = 0; i < length_ && i < steps.length() && !std::isnan(steps.at(r, i)); ++i) {
    at_steps.push_back(steps.at(r, i));
    values.push_back(at(r, i));
  }
  if (values.empty()) return {0, false};
  return statistics::first_reach(at_steps, values, level);
}

std::vector<double> Curves::medians(const std::vector<bool>& present) const {
  std::vector<double> curve;
  for (std::size_t i = 0; i < length_; ++i) {
    std::vector<double> values;
    for (std::size_t r = 0; r < replicates_; ++r)
      if (present[r]) values.push_back(at(r, i));
    curve.push_back(median(values));
  }
  return curve;
}

}  // namespace seedbed::comparison
