#pragma once
#include <string>

namespace seedbed {

/// The manual page seedbed(1), in roff (man macros): every verb with its options, exit codes,
/// environment, files. Made of the table of verbs.
std::string manual();

}  // namespace seedbed
