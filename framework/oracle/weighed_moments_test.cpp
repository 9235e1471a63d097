#include "oracle/weighed_moments.hpp"

#include <catch2/catch.hpp>

using namespace seedbed;
using Catch::Matchers::WithinAbs;

TEST_CASE("weighed moments are the mean and the covariance of a discrete distribution") {
  WeighedMoments moments(2);
  const double rain[] = {1.0, -2.0}, sun[] = {3.0, 4.0};
  moments.add(0.25, rain);
  moments.add(0.75, sun);
  CHECK(moments.total() == 1.0);
  CHECK(moments.mean() == std::vector<double>{2.5, 2.5});
  CHECK_THAT(moments.variance(0), WithinAbs(0.75, 1e-15));
  CHECK_THAT(moments.variance(1), WithinAbs(6.75, 1e-15));
  CHECK_THAT(moments.covariance(0, 1), WithinAbs(2.25, 1e-15));
  CHECK(moments.covariance(1, 0) == moments.covariance(0, 1));
}

TEST_CASE("a compensated sum keeps what a plain one loses") {
  CompensatedSum sum;
  double plain = 0.0;
  for (const double x : {1.0, 1e100, 1.0, -1e100}) {
    sum.add(x);
    plain += x;
  }
  CHECK(plain == 0.0);
  CHECK(sum.value() == 2.0);
}
