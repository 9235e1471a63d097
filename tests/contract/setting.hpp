#pragma once
#include <seedbed/space.hpp>
#include <string>

#include "engine/instance.hpp"

namespace seedbed::contract {

/// The plugins of this build.
const Registry& registry();

/// A plugin with the parameters that `toml` gives ("sigma = 0.04"), files from its data folder, and
/// the defaults of its table for the rest. Throws Error: no such key, no value, a wrong type.
/// Ranges are not checked: that is the suite's work.
Setting setting(std::uint32_t kind, const std::string& name, const std::string& toml = "");

/// What an instance may know: the spaces (kept alive by the caller), horizon 10, discount 0.9, N 8.
seedbed_context context();
seedbed_context context(const Space& observation, const Space& action);

/// An unbounded box with the coordinates s0, s1, ...
Space box(const std::string& name, std::size_t size);

Instance environment(const std::string& name, const std::string& toml = "");
Instance policy(const std::string& name, const Space& observation, const Space& action,
                const std::string& toml = "");

/// What creating it fails with, or "" when it works.
std::string refusal(const Setting& setting, const seedbed_context& context);

}  // namespace seedbed::contract
