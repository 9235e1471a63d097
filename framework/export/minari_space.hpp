#pragma once
#include <string>

#include "store/minari_file.hpp"
#include "store/reader.hpp"

namespace seedbed {

/// The space of /trajectories/`of` ("observation" or "action"), as the run file tells it.
MinariArray minari_array(const Reader& run, const std::string& of);

/// The same in the words of Minari: {"type": "Box", ...} with Python's Infinity, or {"type":
/// "Discrete", ...}. A run file that does not know its bounds has infinite ones.
std::string minari_space(const Reader& run, const std::string& of);

}  // namespace seedbed
