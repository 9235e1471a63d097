#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace seedbed {

/// The first difference between two result files, bit for bit, such as
/// `/learning/return_mean[12,0]: -3.25 against -3.5`; nullopt when there is none.
///
/// Compares which datasets there are, their types, shapes, data and attributes. Whatever is in or
/// below a path of `skip` ("/timing", "/provenance/host") is left out. Throws Error (exit 5).
std::optional<std::string> first_difference(const std::filesystem::path& a,
                                            const std::filesystem::path& b,
                                            const std::vector<std::string>& skip = {"/timing"});

}  // namespace seedbed
