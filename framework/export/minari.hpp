#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace seedbed {

/// What a dataset came to.
struct MinariDataset {
  std::filesystem::path folder;
  std::uint64_t episodes = 0, steps = 0;
};

/// Writes the episodes of a run file as a Minari dataset: `<output>/data/main_data.hdf5` and
/// `metadata.json` (README). `dataset_id` is its name, "seedbed/r0007-v0"; "": that of the folder.
///
/// All or nothing (output_folder.hpp); some 1000 steps at a time. Throws Error: exit 2 when the run
/// has no trajectories, exit 5 when the file is damaged.
MinariDataset export_minari(const std::filesystem::path& run_file,
                            const std::filesystem::path& output, std::string dataset_id = "",
                            bool force = false);

/// One dataset per run file below a results folder that has trajectories:
/// `<output>/<stage>/<cell>/r0007-v0`, with '_' for what the name of a dataset cannot hold.
std::vector<MinariDataset> export_minari_folder(const std::filesystem::path& results,
                                                const std::filesystem::path& output,
                                                bool force = false);

}  // namespace seedbed
