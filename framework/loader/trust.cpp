#include "loader/trust.hpp"

#include <sys/stat.h>

namespace seedbed {
namespace {

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode : 0;
}

}  // namespace

std::string distrust(const std::filesystem::path& path) {
  std::error_code missing;
  const std::filesystem::path real = std::filesystem::canonical(path, missing);
  if (missing) return "";  // another error, for who opens it
  const mode_t mode = mode_of(real);
  const std::string word = S_ISDIR(mode) ? "folder" : "file";
  const auto reason = [&](const std::filesystem::path& open, const std::string& which) {
    return path.string() + ": expected a " + word + " that others may not " + which +
           " (chmod o-w " + open.string() + ", or --allow-unsafe-plugin-path)";
  };
  if (mode & S_IWOTH) return reason(real, "write to");
  for (auto folder = real.parent_path();; folder = folder.parent_path()) {
    const mode_t above = mode_of(folder);
    if ((above & S_IWOTH) && !(above & S_ISVTX))
      return reason(folder, "replace, got one below " + folder.string());
    if (folder == folder.parent_path()) return "";
  }
}

}  // namespace seedbed
