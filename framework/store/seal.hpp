#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace seedbed {

/// Bytes of a file that hold numbers: [offset, offset + size).
struct Extent {
  std::uint64_t offset = 0, size = 0;
};

/// Appends a seal to a closed HDF5 file: a checksum of everything that is not in `numbers`, that is
/// of all that the HDF5 library interprets. HDF5 ignores what follows its end of file.
///
/// Rationale: HDF5 1.10 checks some of its structures only, and a damaged global heap crashes it.
/// The check costs a few tens of kilobytes per file however many numbers are in it.
///
/// `label` is a word about the file that can be had without opening it by HDF5.
///
///   seal = n extents of 16 bytes, m bytes of label,
///          n, m, size of the HDF5 file, CRC-32, "SEALED01"; little-endian
void seal(const std::filesystem::path& path, std::vector<Extent> numbers,
          const std::string& label);

/// The label alone, as it stands at the end of the file: that costs no look at the rest. Throws Error
/// (exit 5) when there is no seal of a file of this size.
std::string sealed_label(const std::filesystem::path& path);

/// The label. Throws Error (exit 5) unless the file is as it was sealed, outside of its numbers.
std::string check_seal(const std::filesystem::path& path);

}  // namespace seedbed
