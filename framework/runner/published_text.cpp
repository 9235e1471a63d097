#include "runner/published_text.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <seedbed/error.hpp>

#include "store/publication.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const fs::path& partial, const std::string& text) {
  std::ofstream file(partial, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw Error(path.string() + ": expected to be writable, got \"" + std::strerror(errno) + "\"",
                Exit::tasks_failed);
}

}  // namespace

void publish_text(const fs::path& path, const std::string& text) {
  std::ifstream before(path, std::ios::binary);
  if (before && std::string(std::istreambuf_iterator<char>(before), {}) == text) return;
  const fs::path own = own_path(path);  // slices write the same file at the same time
  const PartialLock at_work(own);
  try {
    write(path, partial_path(own), text);
    publish_partial(own, path);
  } catch (...) {
    std::error_code ignored;
    fs::remove(partial_path(own), ignored);
    throw;
  }
}

}  // namespace seedbed
