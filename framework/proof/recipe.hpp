#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runner/embedded_file.hpp"
#include "runner/noise_key.hpp"
#include "runner/provenance.hpp"
#include "runner/theta_input.hpp"

namespace seedbed {

/// A plugin library as a run file names it.
struct NeededLibrary {
  std::string file;  ///< "sgd.so"
  std::string sha256;
  std::vector<std::string> uses;  ///< "optimizer sgd"
};

/// Everything that a run file says of how it was made: enough to make it again.
struct Recipe {
  std::filesystem::path run_file;
  std::string title, task, stage, stage_kind, cell;
  std::uint64_t replicate = 0;
  NoiseKey noise;
  Texts provenance;  ///< As it was written.
  std::vector<NeededLibrary> libraries;
  std::map<std::string, EmbeddedFile> files;  ///< By SHA-256.
  std::optional<ThetaInput> theta;            ///< What the run took from another one.

  /// The resolved configuration as a suite of one cell that stands by itself: the theta that came
  /// from another run is written out ("initial" where that run diverged and there is none).
  std::string suite;
};

/// Reads the recipe of a run file. Throws Error: exit 5 when the file is damaged or of another
/// program, exit 2 when it is whole but no run file, or one of an older seedbed.
Recipe read_recipe(const std::filesystem::path& run_file);

/// A resolved configuration as a suite can say it: no file is "", not "sha256:".
std::string with_empty_files(std::string resolved);

}  // namespace seedbed
