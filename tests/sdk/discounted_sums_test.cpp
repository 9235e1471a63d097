#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <seedbed/discounted_sums.hpp>
#include <vector>

using namespace seedbed;

namespace {

constexpr double untouched = -7.0;

std::vector<double> rewards(std::size_t n) {
  std::vector<double> r(n);
  for (std::size_t t = 0; t < n; ++t) r[t] = 1.0 / static_cast<double>(3 * t % 11 + 1) - 0.3;
  return r;
}

/// With what follows them in memory.
std::vector<double> sums(const std::vector<double>& r, double gamma,
                         const double* scale = nullptr) {
  std::vector<double> G(r.size() + 8, untouched);
  discounted_sums(r.data(), r.size(), gamma, G.data(), scale);
  for (std::size_t t = r.size(); t < G.size(); ++t) CHECK(G[t] == untouched);
  G.resize(r.size());
  return G;
}

}  // namespace

TEST_CASE("discounted sums are r_t + gamma G_{t+1}, of every number of steps") {
  for (const double gamma : {0.0, 0.3, 0.99, 1.0})
    for (std::size_t n = 0; n < 70; ++n) {
      const std::vector<double> r = rewards(n), G = sums(r, gamma);
      long double following = 0.0L;
      for (std::size_t t = n; t-- > 0;) {
        following = r[t] + static_cast<long double>(gamma) * following;
        CHECK(G[t] == Approx(static_cast<double>(following)).epsilon(1e-14).margin(1e-14));
      }
    }
}

TEST_CASE("discounted sums are exact where every sum is a number") {
  const std::vector<double> ones(37, 1.0);
  const std::vector<double> G = sums(ones, 1.0), halves = sums(ones, 0.5);
  for (std::size_t t = 0; t < 37; ++t) {
    CHECK(G[t] == static_cast<double>(37 - t));
    CHECK(halves[t] == 2.0 - std::ldexp(1.0, -static_cast<int>(36 - t)));
  }
}

TEST_CASE("discounted sums have the same bits anywhere in memory, in place, and scaled") {
  const std::vector<double> r = rewards(29), G = sums(r, 0.9);
  for (std::size_t place = 0; place < 8; ++place) {
    std::vector<double> all(place + r.size() + 8, std::numeric_limits<double>::quiet_NaN());
    std::copy(r.begin(), r.end(), all.begin() + static_cast<std::ptrdiff_t>(place));
    discounted_sums(all.data() + place, r.size(), 0.9, all.data() + place);
    for (std::size_t t = 0; t < r.size(); ++t) CHECK(all[place + t] == G[t]);
  }
  const std::vector<double> scaled = sums(r, 0.9, r.data());
  for (std::size_t t = 0; t < r.size(); ++t) CHECK(scaled[t] == r[t] * G[t]);
}
