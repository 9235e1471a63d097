#pragma once
#include <seedbed/plugin.h>

#include <string>

namespace seedbed {

/// What is wrong with a row of a parameter table, or "": a type that ABI 1 does not know, a range
/// that holds nothing, choices that are missing, a default that is not of its type or out of range.
/// Not checked: whether a file or a component that is the default is there.
std::string wrong_parameter(const seedbed_parameter& parameter);

}  // namespace seedbed
