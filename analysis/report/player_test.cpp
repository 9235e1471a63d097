#include "analysis/report/player.hpp"

#include <catch2/catch.hpp>

#include "analysis/report/scene_svg.hpp"

using namespace seedbed::analysis;

namespace {

Json stroke(int kind, int ink, const Json& numbers, const char* words = "") {
  return {{"kind", kind}, {"ink", ink}, {"numbers", numbers}, {"words", words}};
}

// Two steps of a point on a line of length 64: 10 pixels a unit.
Json drawn() {
  const auto frame = [](int step, double x) {
    Json one{
        {"step", step},
        {"reward_sum", -step},
        {"observation", {x}},
        {"picture",
         {stroke(0, 0, {1, 0, 0, 64, 0}), stroke(2, 1, {x, 1, 0.5}), stroke(2, 5, {x, 1, 0.1})}}};
    if (step < 2) one["action"] = {0.25};
    return one;
  };
  return {{"environment", "line"},
          {"view", {0, 0, 64, 32}},
          {"observation", {{{"name", "x"}, {"unit", "m"}}}},
          {"action", {{{"name", "push"}, {"unit", ""}}}},
          {"episodes",
           {{{"iteration", 3},
             {"return", -2},
             {"steps", 2},
             {"terminated", true},
             {"frames", {frame(0, 0), frame(1, 32), frame(2, 64)}}}}}};
}

}  // namespace

TEST_CASE("strokes become SVG in pixels with y downwards, an ink a class") {
  const SceneSvg svg({0, -1, 64, 31});
  CHECK(svg.width() == 640);
  CHECK(svg.height() == 320);
  const auto mark = [&](const Json& one) { return svg.marks(Json::array({one}), 0, 5); };
  CHECK(mark(stroke(0, 4, {0.01, 0, -1, 64, 31})) ==
        R"(<line class="ink4" stroke-width="1" x1="0" y1="320" x2="640" y2="0"/>)");
  CHECK(mark(stroke(1, 1, {3, 1, 1, 0})) ==
        R"(<rect class="ink1" x="10" y="300" width="20" height="10"/>)");
  CHECK(mark(stroke(2, 2, {32, 15, 0.25})) ==
        R"(<circle class="ink2" cx="320" cy="160" r="2.5"/>)");
  CHECK(mark(stroke(3, 0, {32, 15, 1.6}, "a < b")) ==
        R"(<text class="ink0" x="320" y="160" font-size="16">a &lt; b</text>)");
  CHECK(svg.marks({stroke(2, 1, {0, 0, 1}), stroke(2, 5, {0, 0, 1})}, 5, 5).find("ink1") ==
        std::string::npos);
  CHECK(SceneSvg({0, 0, 1, 100}).height() == 420);  // a tall one fits as well
}

TEST_CASE("a player shows its first frame without a script, and holds the words of every frame") {
  const std::string html = player("learn", {{"step 1e-3", drawn(), ""}});
  CHECK_THAT(html, Catch::Contains("data-frame=\"0\"") &&
                       Catch::Contains("<g class=\"moving\"><circle class=\"ink1\" cx=\"0\"") &&
                       Catch::Contains("max=\"2\"") &&
                       Catch::Contains("step 0 of 2 · rewards so far 0 · x 0 m · push 0.25") &&
                       Catch::Contains("step 2 of 2 · rewards so far -2 · x 64 m · terminated") &&
                       Catch::Contains("iteration 3 · return -2 · 2 steps"));
}

TEST_CASE("what is not finite is said in words, and what lies far outside stays there") {
  Json diverged = drawn();
  diverged["episodes"][0]["return"] = nullptr;
  diverged["episodes"][0]["frames"][2]["reward_sum"] = nullptr;
  CHECK_THAT(player("learn", {{"", diverged, ""}}),
             Catch::Contains("return not finite · 2 steps") &&
                 Catch::Contains("rewards so far not finite"));
  CHECK(SceneSvg({0, 0, 1, 1}).marks(Json::array({stroke(2, 1, {1e300, 0, 1})}), 0, 5) ==
        R"(<circle class="ink1" cx="100000" cy="420" r="420"/>)");
}

TEST_CASE("what cannot be shown is said once, by its first line") {
  const Json undrawn{{"environment", "blind"}};
  CHECK(player("learn",
               {{"a", undrawn, ""}, {"b", undrawn, ""}, {"c", {}, "gone\nwhere <it> was"}}) ==
        "<p class=\"note\">Recorded episodes are not shown: the environment blind does not "
        "draw.</p>\n<p class=\"note\">Recorded episodes are not shown: gone</p>\n");
  CHECK(player("learn", {}).empty());
}
