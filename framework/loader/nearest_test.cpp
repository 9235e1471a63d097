#include "loader/nearest.hpp"

#include <catch2/catch.hpp>

TEST_CASE("nearest finds a slip of the fingers and nothing that is merely short") {
  const std::vector<std::string> words = {"step", "sigma", "horizon", "discount"};
  CHECK(seedbed::nearest("spet", words) == "step");
  CHECK(seedbed::nearest("horison", words) == "horizon");
  CHECK(seedbed::nearest("discont", words) == "discount");
  CHECK(seedbed::nearest("wholly-other", words).empty());
  CHECK(seedbed::nearest("A", {"B", "Q"}).empty());
}
