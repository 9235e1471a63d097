#include "store/publication.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <seedbed/error.hpp>

#include "main/temporary_folder.hpp"

namespace seedbed {

TEST_CASE("a file can be read by other programs while its writer still holds it") {
  const TemporaryFolder folder;
  const PartialLock lock(folder / "r.h5");
  const int reader = ::open(partial_path(folder / "r.h5").c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(reader >= 0);
  CHECK(::flock(reader, LOCK_SH | LOCK_NB) == 0);  // as HDF5 does when it opens a file
  ::close(reader);
  CHECK_THROWS_AS(PartialLock(folder / "r.h5"), Error);
}

TEST_CASE("of the partial files that several processes build only those of dead ones are removed") {
  const TemporaryFolder folder;
  const auto text = folder / "suite.toml", living = own_path(text), dead = own_path(text);
  CHECK(living != dead);
  const PartialLock lock(living);
  for (const char* name : {"results.h5.partial", "a.1-2.h5", "b.partial", "c.1.partial"})
    folder.write(name, "");
  std::ofstream(partial_path(dead)) << "half";
  std::filesystem::create_symlink("nowhere", folder / "d.1-2.partial");
  remove_dead_partials(folder / "");
  CHECK_FALSE(std::filesystem::exists(partial_path(dead)));
  CHECK(std::filesystem::exists(partial_path(living)));
  using Entries = std::filesystem::directory_iterator;
  CHECK(std::distance(Entries(folder / ""), Entries()) == 6);
  remove_dead_partials(folder / "not there");
}

}  // namespace seedbed
