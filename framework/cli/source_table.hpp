#pragma once
#include <nlohmann/json.hpp>
#include <vector>

#include "engine/configuration.hpp"

namespace seedbed {

/// `seedbed oracle --sources`: the share that the start, and each step's action and transition,
/// have in the exact variance of one contribution (oracle/variance_sources.hpp); rows are spans of
/// time where there are more than 16 steps. Says what to use instead where the problem is not
/// tabular.
void print_sources(const Configuration& configuration, const std::vector<double>& theta);

/// The same in reward^2 for every step; null where the problem is not tabular.
nlohmann::ordered_json json_of_sources(const Configuration& configuration,
                                       const std::vector<double>& theta);

}  // namespace seedbed
