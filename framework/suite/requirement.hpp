#pragma once
#include <string>
#include <vector>

#include "loader/registry.hpp"

namespace seedbed {

/// What `plugin` asks of `other` and does not get, one line each: "estimator 'all-action' needs a
/// policy that can enumerate its actions; policy 'linear-gaussian' cannot". `ids` is a list of
/// capability ids that ends in null, or null.
std::vector<std::string> unmet(const Plugin& plugin, const char* const* ids, const Plugin& other);

}  // namespace seedbed
