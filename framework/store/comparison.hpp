#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace seedbed {

class Reader;

/// What a comparison found. A number counts 8 bytes.
struct Comparison {
  std::optional<std::string> difference;   ///< The first one, as first_difference says it.
  std::uint64_t equal = 0, different = 0;  ///< Datasets.
  std::uint64_t numbers = 0, bytes = 0;    ///< In the equal ones.
};

/// The first difference between two result files, bit for bit, such as
/// `/learning/return_mean[12,0]: -3.25 against -3.5`; nullopt when there is none.
///
/// Compares which datasets there are, their types, shapes, data and attributes. Whatever is in or
/// below a path of `skip` ("/timing", "/provenance/host") is left out. Throws Error (exit 5).
std::optional<std::string> first_difference(const std::filesystem::path& a,
                                            const std::filesystem::path& b,
                                            const std::vector<std::string>& skip = {"/timing"});

/// The same to the end, whatever differs.
Comparison compare(const Reader& a, const Reader& b,
                   const std::vector<std::string>& skip = {"/timing"});

}  // namespace seedbed
