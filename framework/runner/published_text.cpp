#include "runner/published_text.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <seedbed/error.hpp>

#include "store/publication.hpp"

namespace seedbed {

void publish_text(const std::filesystem::path& path, const std::string& text) {
  std::ifstream before(path, std::ios::binary);
  if (before && std::string(std::istreambuf_iterator<char>(before), {}) == text) return;
  const std::filesystem::path partial = partial_path(path);
  std::ofstream file(partial, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw Error(path.string() + ": expected to be writable, got \"" + std::strerror(errno) + "\"",
                Exit::tasks_failed);
  publish_partial(path);
}

}  // namespace seedbed
