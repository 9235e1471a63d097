#include "runner/published_text.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <seedbed/error.hpp>

#include "store/publication.hpp"

namespace seedbed {

void publish_text(const std::filesystem::path& path, const std::string& text) {
  std::ifstream before(path, std::ios::binary);
  if (before && std::string(std::istreambuf_iterator<char>(before), {}) == text) return;
  // Slices write the same file at the same time: each builds its own.
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  const std::filesystem::path own =
      path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(now);
  const std::filesystem::path partial = partial_path(own);
  std::ofstream file(partial, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw Error(path.string() + ": expected to be writable, got \"" + std::strerror(errno) + "\"",
                Exit::tasks_failed);
  publish_partial(own);
  std::filesystem::rename(own, path);
}

}  // namespace seedbed
