#pragma once
#include <optional>
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "suite/document.hpp"

namespace seedbed {

/// Labels of the values of one axis: what is written, or a plugin's name and what tells it from the
/// others ("reinforce+leave-one-out", "sgd,step=1e-3").
std::vector<std::string> labels_of(const std::vector<Node>& values, const Registry& registry);

/// What is written, without blanks; a table or an array without text by its members.
std::string compact(const Node& node);

/// The number that a label is, written as TOML has numbers ("1e-3", "+1_000"); nothing for other
/// words and for NaN.
std::optional<double> number_of(const std::string& label);

}  // namespace seedbed
