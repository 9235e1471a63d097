#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <seedbed/error.hpp>

#include "main/read_whole.hpp"

/// Any bytes as a run file, results.h5 or segment: read whole, or one error with exit code 5.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace seedbed;
  static const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("fuzz-" + std::to_string(::getpid()) + ".h5");
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  try {
    task_id_of(path);
  } catch (const Error& error) {
    if (error.exit() != Exit::damaged) std::abort();
  }
  try {
    read_whole(path);
  } catch (const Error& error) {  // anything else ends the program, and is a finding
    if (error.exit() != Exit::damaged) std::abort();
  }
  return 0;
}
