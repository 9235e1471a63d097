#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace seedbed {

/// The candidate with the smallest edit distance to `word`, or "" when none is near
/// (more than a third of its letters, at least 2, differ).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace seedbed
