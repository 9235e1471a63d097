#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace seedbed {

/// How observations or actions lie in the file: 64-bit integers (rows) when discrete, else doubles
/// (rows, size).
struct MinariArray {
  bool is_discrete = false;
  std::uint64_t size = 1;
};

/// One whole episode of T steps; rows one after the other.
struct MinariEpisode {
  std::int64_t id = 0, seed = 0;
  std::int64_t iteration = 0;           ///< Of the run that it is from.
  double episode_return = 0;            ///< Discounted.
  bool is_terminated = false;           ///< Else truncated.
  std::span<const double> observation;  ///< [T+1][size]
  std::span<const double> action;       ///< [T][size]
  std::span<const double> reward;       ///< [T]
  std::span<const double> log_prob;     ///< [T]
};

/// main_data.hdf5 as Minari 0.4 and 0.5 lay it out: a group `episode_<id>` per episode, @id, @seed
/// and @total_steps, with observations (T+1 rows), actions, rewards, terminations, truncations
/// (booleans as h5py stores them) and infos/log_prob (T+1 rows; NaN of the reset).
///
/// The bytes are a function of the calls. Not published: the folder that it lies in is. Throws
/// Error (exit 5) when the file system or HDF5 refuses.
class MinariFile {
 public:
  MinariFile(const std::filesystem::path& path, MinariArray observation, MinariArray action);
  ~MinariFile();
  MinariFile(const MinariFile&) = delete;

  void append(const MinariEpisode& episode);
  void close();

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace seedbed
