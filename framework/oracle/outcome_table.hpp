#pragma once
#include <vector>

#include "oracle/tabular.hpp"

namespace seedbed {

/// The rows of a tabular model by (state, action).
class OutcomeTable {
 public:
  struct Outcome {
    double probability, reward, going_on;  ///< going_on: 1, or 0 where it terminates
    std::size_t next;
  };

  explicit OutcomeTable(const seedbed_tabular_model& m)
      : model_(m), begin_(m.states * m.actions + 1) {
    for (std::size_t o = 0; o < m.rows; ++o) ++begin_[m.state[o] * m.actions + m.action[o] + 1];
    for (std::size_t k = 1; k < begin_.size(); ++k) begin_[k] += begin_[k - 1];
  }

  /// visit(outcome) for each one of (s, a).
  template <class Visit>
  void each(std::size_t s, std::size_t a, Visit&& visit) const {
    const std::size_t k = s * model_.actions + a;
    for (std::size_t o = begin_[k]; o < begin_[k + 1]; ++o)
      visit(Outcome{model_.probability[o], model_.reward[o], 1.0 - model_.terminated[o],
                    model_.next[o]});
  }

 private:
  const seedbed_tabular_model& model_;
  std::vector<std::size_t> begin_;  // rows are grouped by (state, action), ascending
};

}  // namespace seedbed
