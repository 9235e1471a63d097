#include "oracle/weighed_moments.hpp"

#include <utility>

namespace seedbed {

WeighedMoments::WeighedMoments(std::size_t size) : first_(size), second_(size * (size + 1) / 2) {}

void WeighedMoments::add(double probability, const double* g) {
  total_.add(probability);
  std::size_t entry = 0;
  for (std::size_t i = 0; i < first_.size(); ++i) {
    const double weighted = probability * g[i];
    first_[i].add(weighted);
    for (std::size_t j = i; j < first_.size(); ++j) second_[entry++].add(weighted * g[j]);
  }
}

std::vector<double> WeighedMoments::mean() const {
  std::vector<double> result;
  for (const CompensatedSum& sum : first_) result.push_back(sum.value());
  return result;
}

double WeighedMoments::covariance(std::size_t i, std::size_t j) const {
  if (i > j) std::swap(i, j);
  const std::size_t entry = i * (2 * first_.size() - i + 1) / 2 + (j - i);
  return second_[entry].value() - first_[i].value() * first_[j].value();
}

}  // namespace seedbed
