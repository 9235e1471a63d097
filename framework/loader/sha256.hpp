#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace seedbed {

/// SHA-256 in hexadecimal. The file form throws Error when the file cannot be read.
std::string sha256(std::string_view bytes);
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace seedbed
