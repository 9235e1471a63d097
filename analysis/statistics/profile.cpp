#include "analysis/statistics/profile.hpp"

#include <algorithm>
#include <cstdint>
#include <diagnostics/evenly.hpp>
#include <seedbed/error.hpp>

namespace seedbed::statistics {

Profile::Profile(const Scores& scores, const std::vector<double>& levels) : levels_(levels.size()) {
  expect_scores(scores, "performance profile");
  if (!std::ranges::is_sorted(levels))
    throw Error("performance profile: expected levels in ascending order, got others");
  for (Eigen::Index j = 0; j < scores.size(); ++j)
    passed_.push_back(static_cast<std::size_t>(std::ranges::lower_bound(levels, scores.data()[j]) -
                                               levels.begin()));
}

void Profile::operator()(const Counts& counts, std::span<double> share) const {
  std::vector<std::uint64_t> passed(levels_ + 1, 0);
  for (std::size_t j = 0; j < passed_.size(); ++j) passed[passed_[j]] += counts.data()[j];
  std::uint64_t above = 0;
  for (std::size_t l = levels_; l-- > 0;) {
    above += passed[l + 1];
    share[l] = static_cast<double>(above) / static_cast<double>(passed_.size());
  }
}

std::vector<double> performance_profile(const Scores& scores, const std::vector<double>& levels) {
  std::vector<double> share(levels.size());
  Profile(scores, levels)(each_once(scores), share);
  return share;
}

std::vector<double> profile_levels(const Scores& scores, std::size_t most) {
  expect_scores(scores, "performance profile");
  std::vector<double> values(scores.data(), scores.data() + scores.size());
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()),
               values.end());  // clang 14 has no ranges::unique
  std::vector<double> levels;
  for (const std::size_t i : evenly(values.size(), most)) levels.push_back(values[i]);
  return levels;
}

}  // namespace seedbed::statistics
