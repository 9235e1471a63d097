#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace seedbed {

/// The most that a suite, or a file that one of its parameters names, may hold.
inline constexpr std::uint64_t most_bytes_of_a_file = 64 << 20;

/// Why the file is none that can be read: "No such file or directory", "a folder", ...; "" when it
/// is an ordinary file of at most most_bytes_of_a_file. Rationale: a pipe that is opened waits for
/// ever.
std::string problem_with(const std::filesystem::path& path);

/// Its bytes. Throws Error (exit 2): "<path>: expected <what>, got: <problem>".
std::string file_text(const std::filesystem::path& path, const std::string& what);

}  // namespace seedbed
