#include "store/writer.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <iterator>
#include <seedbed/error.hpp>

#include <sys/resource.h>

#include "store/reader.hpp"
#include "store/temporary_folder.hpp"

using namespace seedbed;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void overwrite(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// x[i][j] over 3 labels and a growing dimension of `rows`.
void write_example(const fs::path& path, std::int64_t rows) {
  Writer writer(path);
  writer.scale("/g/label", std::vector<std::string>{"a", "b\xc3\xa9", "c"}, {"1", "a label"});
  writer.growing_scale("/g/n", {"1", "a number"});
  writer.growing("/g/x", Writer::Kind::real, {"n", "label"}, {"m", "a length"});
  writer.growing("/g/k", Writer::Kind::integer, {"n"}, {"1", "a count"});
  for (std::int64_t n = 0; n < rows; ++n) {
    const auto x = static_cast<double>(n);
    writer.append("/g/n", std::span<const std::int64_t>(&n, 1));
    writer.append("/g/k", std::span<const std::int64_t>(&n, 1));
    writer.append("/g/x", std::vector<double>{x, x + 0.25, x + 0.5});
  }
  writer.show("/g", "x", {"n", "."});
  writer.text("/provenance/empty", "", "nothing");
  writer.publish();
}

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

TEST_CASE("a file that cannot be written is an error, and leaves nothing") {
  const TemporaryFolder folder;
  overwrite(folder / "a_file", "");
  CHECK_THROWS_AS(Writer(folder / "a_file/r.h5"), Error);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit little{100000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &little);
  CHECK_THROWS_AS(write_example(folder / "full.h5", 100000), Error);
  setrlimit(RLIMIT_FSIZE, &before);
  CHECK_FALSE(fs::exists(folder / "full.h5"));
  CHECK_FALSE(fs::exists(folder / "full.h5.partial"));
  write_example(folder / "full.h5", 10);
}
