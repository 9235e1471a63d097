#pragma once
#include <seedbed/plugin.h>

#include <string>
#include <vector>

namespace seedbed {

/// "real, 0 < step, default 0.01": type, range and default of a parameter, as in hints and lists.
std::string describe(const seedbed_parameter& parameter);

/// "real", "array of reals", "baseline or none", ...
std::string type_text(const seedbed_parameter& parameter);
/// "0 < step <= 1", or "" without bounds.
std::string range_text(const seedbed_parameter& parameter);
/// True when `value` lies within the bounds and is finite.
bool in_range(const seedbed_parameter& parameter, double value);

/// The words of a choice, in order.
std::vector<std::string> choices_of(const seedbed_parameter& parameter);

}  // namespace seedbed
