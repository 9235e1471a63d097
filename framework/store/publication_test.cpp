#include "store/publication.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
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

}  // namespace seedbed
