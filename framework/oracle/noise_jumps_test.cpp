#include "oracle/noise_jumps.hpp"

#include <catch2/catch.hpp>
#include <seedbed/error.hpp>

using namespace seedbed;

namespace {

/// Steps up at each of these numbers.
auto stairs(const std::vector<double>& at) {
  return [at](const std::vector<double>& u) {
    NoiseProbe::Outputs values;
    for (const double x : u) {
      double level = 0.0;
      for (const double jump : at) level += x >= jump ? 1.0 : 0.0;
      values.push_back({level});
    }
    return values;
  };
}

void check_found(const std::vector<double>& at, const std::vector<double>& likely) {
  const std::vector<double> found = jumps_of(stairs(at), likely);
  REQUIRE(found.size() == at.size());
  for (std::size_t i = 0; i < at.size(); ++i) CHECK(std::abs(found[i] - at[i]) <= 0x1p-50);
}

}  // namespace

TEST_CASE("every jump of a function of a uniform number is found to the last bits") {
  check_found({0.25, 1.0 / 3.0, 0.9999}, {});
  check_found({1e-6, 0.5}, {});
  check_found({}, {});
  check_found({0.7, 0.7001, 0.70011}, {});
}

TEST_CASE("likely jumps are believed where they are some, and searched for where they are not") {
  const std::vector<double> at{0.25, 0.6};
  CHECK(jumps_of(stairs(at), at) == at);
  check_found(at, {0.25});            // one is missing
  check_found(at, {0.25, 0.5, 0.6});  // one too many
  check_found(at, {0.2500001, 0.6});  // one is beside it
}

TEST_CASE("a function that is different everywhere is refused") {
  const auto line = [](const std::vector<double>& u) {
    NoiseProbe::Outputs values;
    for (const double x : u) values.push_back({x});
    return values;
  };
  CHECK_THROWS_AS(jumps_of(line, {}), Error);
}

TEST_CASE("pieces between jumps cover the unit interval, each once") {
  const NoiseNodes nodes = pieces_between({0.75, 0.25, 0.25});
  REQUIRE(nodes.size() == 3);
  CHECK(nodes[1].weight == 0.5);
  CHECK(nodes[1].uniform[0] == 0.5);
  double sum = 0.0;
  for (const NoiseNode& node : nodes) sum += node.weight;
  CHECK(sum == 1.0);
}
