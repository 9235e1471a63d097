#pragma once
#include <optional>
#include <string>

namespace seedbed {

/// The number that a label is, written as TOML has numbers ("1e-3", "+1_000"); nothing for other
/// words and for NaN.
std::optional<double> number_of(const std::string& label);

}  // namespace seedbed
