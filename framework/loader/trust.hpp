#pragma once
#include <filesystem>
#include <string>

namespace seedbed {

/// Loading runs code, so what any other user of the machine may replace is refused: a folder or a
/// library that others may write to (o+w), and one below a folder where they may rename things (o+w
/// without the sticky bit, which /tmp has). Links are followed first. Gives "" or the reason, one
/// line that names what is open.
///
/// Not refused: what its owner or its group may write to, whoever they are. Rationale: who names a
/// folder of a colleague or of a group means it; nobody means everybody.
std::string distrust(const std::filesystem::path& path);

}  // namespace seedbed
