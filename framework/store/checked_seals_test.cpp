#include "store/checked_seals.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <seedbed/error.hpp>

#include "main/temporary_folder.hpp"
#include "store/run_file.hpp"

using namespace seedbed;
namespace fs = std::filesystem;

namespace {

void write_run(const fs::path& path, const std::string& task) {
  RunFile(path, {"t", task, "learn", "c", 0, "learn", {}}).finish();
}

/// One byte of the HDF5 structures becomes another, the size stays.
void damage(const fs::path& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(100);
  file.put('\x55');
}

}  // namespace

TEST_CASE("a seal that was checked is known without opening the file, until the file changes") {
  const TemporaryFolder folder;
  write_run(folder / "a b.h5", "one");
  CheckedSeals seals(folder.path());
  CHECK(seals.task_id_of("a b.h5") == "one");
  CHECK_FALSE(seals.task_id_of("none.h5"));
  seals.publish();
  fs::permissions(folder / "a b.h5", fs::perms::owner_all);  // changes the time of change
  damage(folder / "a b.h5");
  CheckedSeals again(folder.path());
  CHECK_THROWS_AS(again.task_id_of("a b.h5"), Error);
  write_run(folder / "a b.h5", "two");
  CHECK(again.task_id_of("a b.h5") == "two");
}

TEST_CASE("known seals join those that another has written since, and damaged ones are forgotten") {
  const TemporaryFolder folder;
  write_run(folder / "a.h5", "one");
  write_run(folder / "b.h5", "two");
  CheckedSeals first(folder.path()), second(folder.path());
  first.task_id_of("a.h5");
  second.task_id_of("b.h5");
  first.publish();
  second.publish();
  std::ifstream file(folder / ".seals");
  std::string text(std::istreambuf_iterator<char>(file), {});
  CHECK(text.find("one a.h5") != std::string::npos);
  CHECK(text.find("two b.h5") != std::string::npos);
  text.replace(text.find("one"), 3, "one1");
  std::ofstream(folder / ".seals") << text;
  CHECK(CheckedSeals(folder.path()).task_id_of("a.h5") == "one");
  std::ofstream(folder / ".seals") << "seals 1\n";
  CHECK(CheckedSeals(folder.path()).task_id_of("a.h5") == "one");
}
