#include <catch2/catch.hpp>

#include "contract/setting.hpp"
#include "engine/picture.hpp"

using namespace seedbed;

TEST_CASE("a regulator is drawn as a point of the phase plane and what the action adds to it") {
  const Instance regulator = contract::environment(
      "linear-quadratic",
      "A = [[1.0, 0.1], [0.0, 1.0]]\nB = [[0.0], [0.5]]\nR = [[1.0]]\nx0 = [2.0, 0.0]");
  CHECK(view_of(regulator) == std::vector<double>{-2.5, -2.5, 2.5, 2.5});
  const double x[] = {1.0, -0.5}, u = 0.4;
  const Picture picture = picture_of(regulator, x, &u);
  const Stroke &arrow = picture[picture.size() - 2], &point = picture.back();
  CHECK(point.numbers[0] == 1.0);
  CHECK(point.numbers[1] == -0.5);
  CHECK(arrow.numbers[3] == Approx(1.0));
  CHECK(arrow.numbers[4] == Approx(-0.3));
  CHECK(picture_of(regulator, x, nullptr).size() == picture.size() - 1);
}
