#pragma once
#include <optional>
#include <string>
#include <vector>

namespace seedbed {

/// Standard output of a program found on PATH; nothing when it is not there or fails.
std::optional<std::string> program_output(const std::string& program,
                                          const std::vector<std::string>& arguments);

}  // namespace seedbed
