#include "suite/file_text.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "suite/diagnostic.hpp"

namespace seedbed {

namespace fs = std::filesystem;

std::string problem_with(const fs::path& path) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (problem) return problem.message();
  if (fs::is_directory(status)) return "a folder";
  if (!fs::is_regular_file(status)) return "something that is not a file";
  if (fs::file_size(path, problem) > most_bytes_of_a_file && !problem)
    return "a file of more than " + std::to_string(most_bytes_of_a_file >> 20) + " MiB";
  return problem ? problem.message() : "";
}

std::string file_text(const fs::path& path, const std::string& what) {
  std::string problem = problem_with(path);
  std::ostringstream text;
  if (problem.empty()) {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (file) text << file.rdbuf();
    if (!file || text.bad()) problem = std::generic_category().message(errno ? errno : EIO);
  }
  if (problem.empty()) return std::move(text).str();
  throw SuiteError(path.string() + ": expected " + what + ", got: " + problem);
}

}  // namespace seedbed
