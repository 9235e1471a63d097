#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/even_weights.hpp>
#include <vector>

using namespace seedbed;

TEST_CASE("weights that are all the same are factored out, and others stay as they are") {
  for (std::size_t n = 1; n <= 40; ++n) {
    std::vector<double> weight(n + 1, -0.3);
    weight[n] = 7.0;  // of the next trajectory
    CHECK(factor_out(weight.data(), n) == -0.3);
    CHECK(weight[n] == 7.0);
    weight.pop_back();
    CHECK(weight == std::vector<double>(n, 1.0));
    for (std::size_t j = 0; j < n && n > 1; ++j) {
      std::vector<double> uneven(n, 0.7);
      uneven[j] = std::nextafter(0.7, 1.0);
      const std::vector<double> before = uneven;
      CHECK_FALSE(factor_out(uneven.data(), n));
      CHECK(uneven == before);
    }
  }
  double none = 0.5;
  CHECK_FALSE(factor_out(&none, 0));
}
