#include "analysis/report/scale.hpp"

#include <catch2/catch.hpp>

using namespace seedbed::analysis;

using Values = std::vector<double>;

TEST_CASE("marks of a logarithmic axis are decades, or round numbers where it is short") {
  CHECK(Scale(Scale::Kind::log, 1.5e5, 3e6).ticks(6) == Values{2e5, 5e5, 1e6, 2e6});
  CHECK(Scale(Scale::Kind::log, 0.5, 2e8).ticks(5) == Values{1, 1e2, 1e4, 1e6, 1e8});
  CHECK(Scale(Scale::Kind::symlog, -30000, 5, 1).ticks(5) ==
        Values{-10000, -1000, -100, -10, -1, 0, 1});
}

TEST_CASE("an axis is logarithmic when the sizes of the values span decades") {
  CHECK(Scale::over(std::vector<double>{-10, -1}).kind() == Scale::Kind::linear);
  CHECK(Scale::over(std::vector<double>{-1e4, -1}).kind() == Scale::Kind::symlog);
  CHECK(Scale::over(std::vector<double>{1, 1e4}).kind() == Scale::Kind::log);
}

TEST_CASE("an axis over one value, or none, has some length") {
  for (const Values& values : {Values{}, Values{0}, Values{7}}) {
    const Scale scale = Scale::over(values);
    CHECK(scale.high() > scale.low());
  }
}

TEST_CASE("an axis says what it is in the grammar of the figures") {
  const Json linear = Scale(Scale::Kind::linear, -3, 5).encoding("return", "return (reward)");
  CHECK(linear["scale"]["domain"] == Json{-3.0, 5.0});
  CHECK_FALSE(linear["scale"].contains("type"));
  const Json symlog = Scale(Scale::Kind::symlog, -1e4, 20, 0.1).encoding("x", "x");
  CHECK(symlog["scale"]["type"] == "symlog");
  CHECK(symlog["scale"]["constant"] == 0.1);
  CHECK(symlog["axis"]["values"].size() == 5);
}
