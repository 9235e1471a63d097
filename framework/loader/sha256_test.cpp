#include "loader/sha256.hpp"

#include <catch2/catch.hpp>
#include <seedbed/error.hpp>

using seedbed::Error;

TEST_CASE("sha256 is the published one") {
  CHECK(seedbed::sha256("abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK_THROWS_AS(seedbed::sha256_of_file("/nowhere/file"), Error);
}
