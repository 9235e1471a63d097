#include "analysis/statistics/improvement.hpp"

#include <algorithm>
#include <seedbed/error.hpp>

namespace seedbed::statistics {

Improvement::Improvement(const Scores& x, const Scores& y)
    : pairs_(static_cast<double>(x.rows()) * static_cast<double>(y.rows())) {
  expect_scores(x, "probability of improvement");
  expect_scores(y, "probability of improvement");
  if (x.cols() != y.cols())
    throw Error("probability of improvement: expected the same tasks on both sides, got " +
                std::to_string(x.cols()) + " and " + std::to_string(y.cols()));
  for (Eigen::Index k = 0; k < x.cols(); ++k) {
    std::vector<Entry>& entries = tasks_.emplace_back();
    const auto add = [&](const Scores& side, bool is_x) {
      for (Eigen::Index i = 0; i < side.rows(); ++i)
        entries.push_back({static_cast<std::uint32_t>(i * side.cols() + k), is_x, false});
    };
    add(x, true);
    add(y, false);
    const auto value = [&](const Entry& e) { return (e.is_x ? x : y).data()[e.place]; };
    std::ranges::stable_sort(entries, {}, value);
    for (std::size_t j = 0; j < entries.size(); ++j)
      entries[j].ends_tie = j + 1 == entries.size() || value(entries[j]) != value(entries[j + 1]);
  }
}

double Improvement::operator()(const Counts& c, const Counts& d) const {
  std::uint64_t wins = 0;  // in halves
  for (const auto& entries : tasks_) {
    std::uint64_t below = 0, tied_x = 0, tied_y = 0;
    for (const Entry& e : entries) {
      if (e.is_x)
        tied_x += c.data()[e.place];
      else
        tied_y += d.data()[e.place];
      if (!e.ends_tie) continue;
      wins += tied_x * (2 * below + tied_y);
      below += tied_y;
      tied_x = tied_y = 0;
    }
  }
  return static_cast<double>(wins) / (2.0 * pairs_ * static_cast<double>(tasks_.size()));
}

double probability_of_improvement(const Scores& x, const Scores& y) {
  return Improvement(x, y)(each_once(x), each_once(y));
}

}  // namespace seedbed::statistics
