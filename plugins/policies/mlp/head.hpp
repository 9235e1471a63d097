#pragma once
#include <vector>

namespace seedbed {

/// What the last layer and the rest of theta mean as a distribution over actions.
struct HeadSettings {
  bool gaussian = false, state_dependent = false;
  std::size_t actions = 0;        ///< A values, or m numbers
  std::vector<double> log_sigma;  ///< [m] log of the parameter `sigma`

  std::size_t outputs() const { return gaussian && state_dependent ? 2 * actions : actions; }
  std::size_t own_parameters() const { return gaussian && !state_dependent ? actions : 0; }
};

}  // namespace seedbed
