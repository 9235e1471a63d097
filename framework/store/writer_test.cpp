#include "store/writer.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <seedbed/error.hpp>

#include "main/temporary_folder.hpp"
#include "store/example_file.hpp"
#include "store/reader.hpp"

using namespace seedbed;
namespace fs = std::filesystem;

TEST_CASE("a file has its name only after publish, and a dropped one leaves nothing") {
  const TemporaryFolder folder;
  const auto path = folder / "deep/down/r0001.h5";
  {
    Writer writer(path);
    writer.scale("/n", std::vector<std::int64_t>{1, 2}, {"1", "n"});
    CHECK(fs::exists(path.string() + ".partial"));
    CHECK_FALSE(fs::exists(path));
  }
  CHECK(fs::is_empty(path.parent_path()));
  write_example(path, 2);
  CHECK(fs::exists(path));
  CHECK_FALSE(fs::exists(path.string() + ".partial"));
}

TEST_CASE("a second writer of a file is refused, and a stale part is overwritten") {
  const TemporaryFolder folder;
  {
    Writer first(folder / "r.h5");
    CHECK_THROWS_WITH(Writer(folder / "r.h5"), Catch::Contains("only writer"));
    first.scale("/n", std::vector<std::int64_t>{1, 2}, {"1", "n"});
    first.publish();
  }
  CHECK(Reader(folder / "r.h5").integers("/n").size() == 2);
  overwrite(folder / "r.h5.partial", std::string(1000000, 'x'));
  write_example(folder / "r.h5", 5);
  CHECK(fs::file_size(folder / "r.h5") < 100000);
}

TEST_CASE("an exception between construction and publish leaves nothing") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(
      [&] {
        Writer writer(folder / "a.h5");
        throw Error("the plugin failed");
      }(),
      Error);
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("the same calls make the same bytes") {
  const TemporaryFolder folder;
  for (const std::int64_t rows : {0, 3, 100000}) {
    write_example(folder / "a.h5", rows);
    write_example(folder / "b.h5", rows);
    CHECK(bytes_of(folder / "a.h5") == bytes_of(folder / "b.h5"));
  }
}

TEST_CASE("what was appended is read back, whatever its length") {
  const TemporaryFolder folder;
  for (const std::int64_t rows : {0, 1, 7, 43690, 43691, 150001}) {
    write_example(folder / "a.h5", rows);
    const Reader reader(folder / "a.h5");
    const auto size = static_cast<std::uint64_t>(rows);
    CHECK(reader.shape("/g/x") == std::vector<std::uint64_t>{size, 3});
    CHECK(reader.dimensions("/g/x") == std::vector<std::string>{"n", "label"});
    CHECK(reader.texts("/g/label")[1] == "b\xc3\xa9");
    const auto x = reader.reals("/g/x");
    const auto k = reader.integers("/g/k");
    REQUIRE(x.size() == 3 * size);
    bool same = true;
    for (std::size_t i = 0; i < size; ++i)
      same = same && k[i] == static_cast<std::int64_t>(i) && x[3 * i + 2] == double(i) + 0.5;
    CHECK(same);
  }
}

TEST_CASE("rows wider than a chunk are read back") {
  const TemporaryFolder folder;
  constexpr std::int64_t wide = 300000;
  std::vector<double> row(wide);
  {
    Writer writer(folder / "a.h5", Compression::gzip);
    std::vector<std::int64_t> numbers(wide);
    writer.scale("/parameter", numbers, {"1", "parameter"});
    writer.growing_scale("/n", {"1", "n"});
    writer.growing("/theta", Writer::Kind::real, {"n", "parameter"}, {"1", "theta"});
    for (std::int64_t n = 0; n < 3; ++n) {
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<double>(i) + double(n);
      writer.append("/theta", row);
      writer.append("/n", std::span<const std::int64_t>(&n, 1));
    }
    writer.publish();
  }
  const Reader reader(folder / "a.h5");
  CHECK(reader.reals("/theta", {2, 0}, {1, wide}) == row);
}

TEST_CASE("a reserved array is NaN where no block was written") {
  const TemporaryFolder folder;
  Writer writer(folder / "a.h5");
  writer.scale("/s/i", std::vector<std::int64_t>{0, 1}, {"1", "i"});
  writer.scale("/s/j", std::vector<std::int64_t>{0, 1, 2}, {"1", "j"});
  writer.reserve("/s/x", {"i", "j"}, {"1", "x"});
  writer.write("/s/x", {1, 1}, {1, 2}, std::vector<double>{5, 6});
  writer.publish();
  const auto x = Reader(folder / "a.h5").reals("/s/x");
  CHECK((std::isnan(x[0]) && std::isnan(x[2]) && std::isnan(x[3])));
  CHECK((x[4] == 5 && x[5] == 6));
}

namespace {

// Whether writing with at most 100 kB per file ends in one Error of exit code 5, and is possible
// again without the limit. Runs in a child: HDF5 leaks what it could not write.
bool fails_well_when_full(const fs::path& path) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit little{100000, limit.rlim_max};
    setrlimit(RLIMIT_FSIZE, &little);
    int status = 1;
    try {
      write_example(path, 100000);
    } catch (const Error& error) {
      status = error.exit() == Exit::damaged && fs::is_empty(path.parent_path()) ? 0 : 2;
    }
    setrlimit(RLIMIT_FSIZE, &limit);
    write_example(path, 10);
    _exit(status);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("a file that cannot be written is an error, and leaves nothing") {
  const TemporaryFolder folder;
  CHECK(fails_well_when_full(folder / "full/r.h5"));
  CHECK(Reader(folder / "full/r.h5").shape("/g/x")[0] == 10);
  overwrite(folder / "a_file", "");
  CHECK_THROWS_AS(Writer(folder / "a_file/r.h5"), Error);
}
