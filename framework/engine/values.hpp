#pragma once
#include <seedbed/plugin.h>

#include <memory>
#include <vector>

#include "loader/setting.hpp"

namespace seedbed {

class Instance;

/// The values of a setting as they cross the boundary. They point into `setting` and `components`
/// (one per value, null where it is no component).
std::vector<seedbed_value> abi_values(const Setting& setting,
                                      const std::vector<std::unique_ptr<Instance>>& components);

}  // namespace seedbed
