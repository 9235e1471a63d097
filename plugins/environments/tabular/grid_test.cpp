#include <catch2/catch.hpp>

#include "contract/setting.hpp"
#include "engine/picture.hpp"

using namespace seedbed;

namespace {

std::size_t boxes(const Picture& picture, seedbed_ink ink) {
  std::size_t count = 0;
  for (const Stroke& stroke : picture) count += stroke.kind == Stroke::box && stroke.ink == ink;
  return count;
}

}  // namespace

TEST_CASE("the frozen lake is drawn with its four holes, its goal and where one stands") {
  const Instance lake = contract::environment("tabular", "model = \"FrozenLake-4x4.csv\"");
  CHECK(view_of(lake)[2] == Approx(4.1));
  const double state = 6.0;
  const Picture picture = picture_of(lake, &state, nullptr);
  CHECK(boxes(picture, SEEDBED_INK_DANGER) == 4);
  CHECK(boxes(picture, SEEDBED_INK_GOAL) == 1);
  const Stroke& agent = picture.back();
  CHECK(agent.kind == Stroke::circle);
  CHECK(agent.numbers == std::vector<double>{2.5, 2.5, 0.3});  // row 1 from the top, column 2
}

TEST_CASE("a grid has the columns that its parameter says, and no square for the cliff") {
  const Instance cliff =
      contract::environment("tabular", "model = \"CliffWalking.csv\"\ncolumns = 12");
  CHECK(view_of(cliff)[2] == Approx(12.1));
  CHECK(view_of(cliff)[3] == Approx(4.1));
  const double start = 36.0;
  const Picture picture = picture_of(cliff, &start, nullptr);
  std::size_t lines = 0;
  for (const Stroke& stroke : picture) lines += stroke.kind == Stroke::line;
  CHECK(lines == 4 * (48 - 10));
  CHECK(boxes(picture, SEEDBED_INK_GOAL) == 1);
}
