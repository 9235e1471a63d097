#pragma once
#include <string>

#include "check/inquiry.hpp"

namespace seedbed {

/// What every line of an answer begins with; other lines are a plugin's own output.
inline constexpr const char* answer_mark = "\x1fseedbed-check ";
/// Name of the case that loads the library and lists the others.
inline constexpr const char* loading = "library/loads";

/// In the child process: runs the case of that name and prints one line of JSON, the verdict. The
/// library is loaded by this, and what it breaks is this process alone. Returns the exit code.
int answer(const Inquiry& inquiry, const std::string& name);

}  // namespace seedbed
