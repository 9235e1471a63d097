#pragma once
#include <string>

#include "engine/configuration.hpp"

namespace seedbed {

/// Canonical TOML: one text for one meaning. Keys sorted, defaults filled in, doubles with 17
/// significant digits, file parameters as "sha256:<hash of the contents>", no comments.
std::string canonical(double value);
std::string canonical(const std::string& text);
std::string canonical(const Setting& setting);  ///< { baseline = "none", plugin = "reinforce" }

/// A configuration as sections of a suite; without a prefix it is a suite of one cell. `prefix` is
/// put before the name of each section: "cell.learn.".
std::string canonical(const Configuration& configuration, const std::string& prefix = "");

/// A key, quoted where TOML wants it.
std::string canonical_key(const std::string& key);

/// "learn", "gradient", "evaluate", "report".
const char* stage_kind_name(StageKind kind);

}  // namespace seedbed
