#include <catch2/catch.hpp>
#include <cmath>

#include "contract/setting.hpp"
#include "engine/picture.hpp"

using namespace seedbed;

TEST_CASE("cartpole draws the pole in its true length and angle, and the push on its side") {
  const Instance environment = contract::environment("cartpole");
  for (const double push : {0.0, 1.0}) {
    const double s[] = {0.7, 0.1, 0.3, -0.2};
    const Picture picture = picture_of(environment, s, &push);
    REQUIRE(picture.size() == 6);
    const std::vector<double> cart = picture[3].numbers, pole = picture[4].numbers;
    CHECK(picture[3].kind == Stroke::box);
    CHECK((cart[0] + cart[2]) / 2.0 == Approx(0.7));
    CHECK(pole[1] == 0.7);
    CHECK(pole[3] - pole[1] == Approx(std::sin(0.3)));
    CHECK(pole[4] - pole[2] == Approx(std::cos(0.3)));
    CHECK((picture[5].numbers[3] > 0.7) == (push == 1.0));
  }
}
