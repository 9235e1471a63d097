#include "store/segments.hpp"

#include <catch2/catch.hpp>
#include <seedbed/error.hpp>

#include "main/temporary_folder.hpp"
#include "store/comparison.hpp"
#include "store/example_file.hpp"
#include "store/reader.hpp"
#include "store/run_file.hpp"

using namespace seedbed;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t iterations = 9;

struct Episodes {  // two components wide, so long that /trajectories is written while it grows
  std::vector<std::uint64_t> begin{0}, length{30000}, noise{0};
  std::vector<double> numbers = std::vector<double>(60000), one{1.0};

  EpisodeBlock of(std::int64_t i) {
    for (std::size_t j = 0; j < numbers.size(); ++j) numbers[j] = double(i) + double(j);
    const double* data = numbers.data();
    return {1,    begin.data(), length.data(), {data, 30000}, {data, 30000}, data,
            data, {data, 1},    one.data(),    data,          noise.data()};
  }
};

RunFile file_of(const fs::path& path, const std::string& task = "task") {
  return RunFile(path, {"A title", task, "learn", "c", 7, "learn", {{"suite", "seed = 1\n"}}});
}

Series& declare(RunFile& file) {
  Series& learning = file.series("/learning", "iteration", {{"x", "1", "a number"}});
  file.record_policy({"a", "b", "c"});
  file.record_trajectories({{"p", "v"}, {"m", ""}}, {{"u", "w"}, {}});
  return learning;
}

// Records from where the file is until `end`, a segment after each of `cuts`; true: published.
bool record(const fs::path& path, std::int64_t end, const std::vector<std::int64_t>& cuts) {
  RunFile file = file_of(path);
  Series& learning = declare(file);
  Episodes episodes;
  const auto state = [](std::int64_t i) { return State{{{"i", std::vector<std::int64_t>{i}}}}; };
  std::int64_t i = 0;
  if (file.saved()) i = std::get<1>(file.saved()->numbers.at("i"))[0];
  for (; i < end; ++i) {
    if (std::ranges::find(cuts, i) != cuts.end()) file.publish_segment(i, state(i));
    learning.append(i, std::vector<double>{0.5 * double(i)});
    file.append_checkpoint(i, std::vector<double>{1, 2, double(i)});
    file.append_episodes(i, episodes.of(i));
  }
  if (end < iterations) return false;
  file.writer().put("/result", {}, std::span<const std::int64_t>(&i, 1), {"1", "at the end"});
  if (file.has_segments()) file.publish_segment(i, state(i));
  return file.finish();
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

struct Whole {
  TemporaryFolder folder;
  fs::path path = folder / "whole/r.h5";
  Whole() { REQUIRE(record(path, iterations, {})); }
};

}  // namespace

TEST_CASE("segments joined are the file of a run that was never cut off") {
  const Whole whole;
  const fs::path path = whole.folder / "cut/r0007.h5";
  CHECK_FALSE(record(path, 5, {2, 4}));
  CHECK(files_in(path.parent_path()) == 2);
  CHECK(segment_path(path, 1).filename() == "r0007.s001.h5");
  CHECK(Reader(segment_path(path, 1)).integers("/learning/iteration") ==
        std::vector<std::int64_t>{2, 3});
  CHECK_FALSE(record(path, 7, {6}));
  CHECK(record(path, iterations, {}));
  CHECK(files_in(path.parent_path()) == 1);
  CHECK(first_difference(whole.path, path) == std::nullopt);
}

TEST_CASE("a segment is no run file, and says what it is") {
  const Whole whole;
  const fs::path path = whole.folder / "cut/r.h5";
  record(path, 5, {3});
  CHECK(task_id_of(segment_path(path, 0)) == "task segment 0 3");
  CHECK(Reader(segment_path(path, 0)).text_attribute("/", "status") == "segment");
}

TEST_CASE("a damaged segment goes with those after it, and the rest is of use") {
  const Whole whole;
  const fs::path path = whole.folder / "cut/r.h5";
  record(path, 8, {2, 4, 6});
  SECTION("the last, when the run is taken up") {
    auto bytes = bytes_of(segment_path(path, 2));
    bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
    overwrite(segment_path(path, 2), bytes.substr(0, 1000) + bytes.substr(1010));
    CHECK(file_of(path).discarded().size() == 1);
    CHECK(files_in(path.parent_path()) == 2);
  }
  SECTION("an earlier one, when they are joined") {
    auto bytes = bytes_of(segment_path(path, 1));
    bytes[200] = static_cast<char>(~bytes[200]);
    overwrite(segment_path(path, 1), bytes);
    CHECK_FALSE(record(path, iterations, {}));
    CHECK(files_in(path.parent_path()) == 1);
  }
  CHECK(record(path, iterations, {}));
  CHECK(first_difference(whole.path, path) == std::nullopt);
}

TEST_CASE("numbers of the state are covered by the seal") {
  const TemporaryFolder folder;
  const fs::path path = folder / "r.h5";
  {
    RunFile file = file_of(path);
    declare(file);
    file.publish_segment(1, {{{"theta", std::vector<double>(100, 0.7071067811865)}}});
    file.wait();
  }
  auto bytes = bytes_of(segment_path(path, 0));
  const double number = 0.7071067811865;
  const auto at = bytes.find(std::string(reinterpret_cast<const char*>(&number), sizeof number));
  REQUIRE(at != std::string::npos);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  overwrite(segment_path(path, 0), bytes);
  const Segments found = find_segments(path, "task");
  CHECK(found.count == 0);
  CHECK_THAT(found.discarded.at(0), Catch::Contains("checksum"));
}

TEST_CASE("segments of another task are removed, and those behind a gap") {
  const Whole whole;
  const fs::path path = whole.folder / "cut/r.h5";
  record(path, 8, {2, 4, 6});
  SECTION("another task") {
    CHECK_FALSE(file_of(path, "other").saved());
  }
  SECTION("a gap at the beginning") {
    fs::remove(segment_path(path, 0));
    remove_leftover_segments(whole.folder.path());
  }
  SECTION("a finished run beside them") {
    fs::copy_file(whole.path, path);
    remove_leftover_segments(whole.folder.path());
    fs::remove(path);
  }
  CHECK(files_in(path.parent_path()) == 0);
}

TEST_CASE("a state that does not fit is forgotten with its segments") {
  const Whole whole;
  const fs::path path = whole.folder / "cut/r.h5";
  record(path, 8, {2, 4});
  {
    RunFile file = file_of(path);
    declare(file);
    file.forget_saved();
    CHECK_FALSE(file.has_segments());
  }
  CHECK(record(path, iterations, {5}));
  CHECK(first_difference(whole.path, path) == std::nullopt);
}
