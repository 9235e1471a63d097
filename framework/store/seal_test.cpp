#include "store/seal.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <seedbed/error.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include "store/example_file.hpp"
#include "store/reader.hpp"
#include "main/temporary_folder.hpp"

using namespace seedbed;
namespace fs = std::filesystem;

namespace {

int exit_of(const fs::path& path) {
  try {
    const Reader reader(path);
    for (const std::string& each : reader.datasets()) {
      if (reader.type(each) == Reader::Type::text) reader.texts(each);
      else reader.reals(each);
      reader.dimensions(each);
    }
    return 0;
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find('\n') == std::string::npos);
    return static_cast<int>(error.exit());
  }
}

}  // namespace

TEST_CASE("a truncated, damaged, foreign or missing file is one error with exit code 5") {
  const TemporaryFolder folder;
  write_example(folder / "good.h5", 1000);
  const std::string good = bytes_of(folder / "good.h5");
  CHECK(exit_of(folder / "good.h5") == 0);
  CHECK(exit_of(folder / "absent.h5") == 5);
  overwrite(folder / "foreign.h5", "PK\x03\x04 this is not HDF5");
  CHECK(exit_of(folder / "foreign.h5") == 5);
  overwrite(folder / "empty.h5", "");
  CHECK(exit_of(folder / "empty.h5") == 5);
  for (std::size_t size = 1; size < good.size(); size += good.size() / 40) {
    overwrite(folder / "cut.h5", good.substr(0, size));
    CHECK(exit_of(folder / "cut.h5") == 5);
    CHECK(bytes_of(folder / "cut.h5") == good.substr(0, size));
  }
}

TEST_CASE("a file with bytes overwritten gives data or an error, and no crash") {
  const TemporaryFolder folder;
  write_example(folder / "good.h5", 4);
  const std::string good = bytes_of(folder / "good.h5");
  for (std::size_t at = 0; at < good.size(); at += 13) {
    std::string bad = good;
    bad[at] = static_cast<char>(~bad[at]);
    overwrite(folder / "bad.h5", bad);
    const int exit = exit_of(folder / "bad.h5");
    CHECK((exit == 0 || exit == 5));
  }
}

TEST_CASE("a seal sees every byte that HDF5 interprets, and none of the numbers") {
  const TemporaryFolder folder;
  write_example(folder / "good.h5", 20000);
  const std::string good = bytes_of(folder / "good.h5");
  std::size_t unseen = 0;
  for (std::size_t at = 0; at < good.size(); at += 997) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    overwrite(folder / "bad.h5", bad);
    unseen += exit_of(folder / "bad.h5") == 0;
  }
  const double share = double(unseen) * 997 / double(good.size());
  const double numbers = 20000.0 * 3 * 8 / double(good.size());  // x; the integers are deflated
  CHECK(share > numbers - 0.02);
  CHECK(share < 0.99);
}

TEST_CASE("a kill at any moment leaves a whole file or none") {
  const TemporaryFolder folder;
  const auto path = folder / "r.h5";
  int whole = 0;
  for (int k = 0; k < 30; ++k) {
    fs::remove(path);
    const pid_t child = fork();
    if (child == 0) {
      for (;;) write_example(path, 20000);
    }
    // In turn: in the middle of the first file, and in the middle of writing it again.
    while (k % 2 == 1 && !fs::exists(path)) usleep(100);
    usleep(static_cast<useconds_t>(300 * k));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    if (!fs::exists(path)) continue;
    ++whole;
    CHECK(exit_of(path) == 0);
  }
  CHECK(whole >= 15);
}
