#pragma once
#include <filesystem>

namespace seedbed {

/// Writes every table of a result file (table.hpp) as `<output>/<name>.csv`, what its columns mean
/// as `<output>/columns.csv`, and the attributes of the file as `<output>/attributes.csv`.
///
/// All or nothing (output_folder.hpp). Throws Error: exit 5 when the file is damaged.
void export_csv(const std::filesystem::path& file, const std::filesystem::path& output,
                bool force = false);

}  // namespace seedbed
