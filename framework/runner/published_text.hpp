#pragma once
#include <filesystem>
#include <string>

namespace seedbed {

/// Puts `text` into the file, whole or not at all, and on the disk. One that holds it already is
/// left alone. Throws Error (exit 1 or 5) when it cannot be written.
void publish_text(const std::filesystem::path& path, const std::string& text);

}  // namespace seedbed
