#pragma once
#include <memory>
#include <optional>

#include "suite/diagnostic.hpp"

namespace seedbed {

/// toml++, and whoever walks over what it read, call themselves for every level.
constexpr int deepest = 100;
constexpr int longest_key = 64;  ///< Parts of a dotted key.

/// Where a dotted key has more parts than any suite needs; nothing where none has.
std::optional<Place> overlong_key(const std::shared_ptr<const Source>& source);

/// The first character that no TOML may hold; toml++ 3.3 ends the program at some of them.
std::optional<Place> forbidden_character(const std::shared_ptr<const Source>& source);

}  // namespace seedbed
