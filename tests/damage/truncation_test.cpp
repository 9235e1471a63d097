#include <catch2/catch.hpp>
#include <random>
#include <seedbed/error.hpp>

#include "main/program.hpp"
#include "main/read_whole.hpp"
#include "main/temporary_folder.hpp"
#include "store/example_file.hpp"

using namespace seedbed;
namespace fs = std::filesystem;

namespace {

constexpr const char* suite = R"(
title = "Damage"
replicates = 1
[environment]
plugin = "linear-quadratic"
A = [[1.0, 1.0], [0.0, 1.0]]
B = [[0.0], [1.0]]
R = [[1.0]]
x0 = [0.1, 0.2]
[objective]
horizon = 4
[policy]
plugin = "linear-gaussian"
sigma = 0.3
[estimator]
plugin = "reinforce"
[learn]
iterations = 3
episodes = 4
optimizer = { plugin = "sgd", step = 3e-4 }
[gradient]
batches = 8
episodes = 4
estimators = ["reinforce"]
[record]
trajectories = "all"
)";

/// The files that a run publishes, and a segment of a longer one.
std::vector<fs::path> result_files(const TemporaryFolder& folder) {
  const std::string output = (folder / "out").string();
  const Result made =
      run("run " + folder.write("suite.toml", suite).string() + " -q --output " + output);
  INFO(made.text);
  REQUIRE(made.exit == 0);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(output))
    if (entry.path().extension() == ".h5") files.push_back(entry.path());
  REQUIRE(files.size() == 3);
  files.push_back(folder / "segment.h5");
  fs::copy_file(SEEDBED_SOURCE "/tests/fuzz/seeds/result/segment.h5", files.back());
  return files;
}

/// Puts `bytes` in place of the file and reads it: 0, or 5 with a message of one line that names
/// it. It stays as it is.
int exit_of(const fs::path& path, const std::string& bytes) {
  overwrite(path, bytes);
  const auto before = fs::last_write_time(path);
  int exit = 0;
  try {
    read_whole(path);
  } catch (const Error& error) {
    const std::string message = error.what();
    CHECK(message.find('\n') == std::string::npos);
    CHECK(message.find(path.string()) == 0);
    exit = static_cast<int>(error.exit());
  }
  CHECK(fs::last_write_time(path) == before);
  CHECK(bytes_of(path) == bytes);
  return exit;
}

}  // namespace

TEST_CASE("a result file that is cut at any 512 bytes is refused with exit code 5") {
  const TemporaryFolder folder;
  std::size_t cuts = 0;
  for (const fs::path& path : result_files(folder)) {
    const std::string whole = bytes_of(path);
    for (std::size_t size = 0; size < whole.size(); size += 512, ++cuts)
      CHECK(exit_of(path, whole.substr(0, size)) == 5);
    CHECK(exit_of(path, whole + std::string(512, '\0')) == 5);
    CHECK(exit_of(path, whole) == 0);
  }
  CHECK(cuts > 200);
}

TEST_CASE("a flipped bit anywhere outside of the numbers is refused with exit code 5") {
  const TemporaryFolder folder;
  std::mt19937_64 draw(8);
  for (const fs::path& path : result_files(folder)) {
    const std::string whole = bytes_of(path);
    int refused = 0;
    for (int i = 0; i < 250; ++i) {
      std::string bytes = whole;
      bytes[draw() % bytes.size()] ^= static_cast<char>(1 << draw() % 8);
      const int exit = exit_of(path, bytes);
      CHECK((exit == 0 || exit == 5));
      refused += exit == 5;
    }
    CHECK(refused > 100);  // small files are metadata for the most part
  }
}
