#pragma once
#include <string>
#include <vector>

namespace seedbed {

/// A word as a POSIX shell reads it back, whatever is in it but a null byte.
std::string shell_word(const std::string& word);
/// Words of a command, separated by blanks.
std::string shell_line(const std::vector<std::string>& words);

}  // namespace seedbed
