#include "analysis/report/scale.hpp"

#include <catch2/catch.hpp>

using namespace seedbed::analysis;

namespace {

std::vector<std::string> labels(const Scale& scale, int count) {
  std::vector<std::string> labels;
  for (const Tick& tick : scale.ticks(count)) labels.push_back(tick.label);
  return labels;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("ticks are round numbers within the axis") {
  CHECK(labels(Scale(Scale::Kind::linear, -10.4, -1.2), 5) ==
        Labels{"−10", "−8", "−6", "−4", "−2"});
  CHECK(labels(Scale(Scale::Kind::linear, 0, 0.5), 5) ==
        Labels{"0.0", "0.1", "0.2", "0.3", "0.4", "0.5"});
  CHECK(labels(Scale(Scale::Kind::log, 1.5e5, 3e6), 6) ==
        Labels{"2·10⁵", "5·10⁵", "10⁶", "2·10⁶"});
  CHECK(labels(Scale(Scale::Kind::symlog, -30000, 5, 1), 5) ==
        Labels{"−10⁴", "−1000", "−100", "−10", "−1", "0", "1"});
}

TEST_CASE("an axis is logarithmic when the sizes of the values span decades") {
  CHECK(Scale::over(std::vector<double>{-10, -1}).kind() == Scale::Kind::linear);
  CHECK(Scale::over(std::vector<double>{-1e4, -1}).kind() == Scale::Kind::symlog);
  CHECK(Scale::over(std::vector<double>{1, 1e4}).kind() == Scale::Kind::log);
}

TEST_CASE("every scale puts its ends at 0 and 1, and keeps the order between") {
  for (const Scale& scale : {Scale(Scale::Kind::linear, -3, 5), Scale(Scale::Kind::log, 2, 900),
                             Scale(Scale::Kind::symlog, -1e4, 20, 1)}) {
    CHECK(scale(scale.low()) == Approx(0).margin(1e-12));
    CHECK(scale(scale.high()) == Approx(1));
    CHECK(scale(3) > 0);
    CHECK(scale(3) < scale(4));
  }
}

TEST_CASE("an axis over one value, or none, has some length") {
  using Values = std::vector<double>;
  for (const Values& values : {Values{}, Values{0}, Values{7}}) {
    const Scale scale = Scale::over(values);
    CHECK(scale.high() > scale.low());
    CHECK(scale.ticks(5).size() >= 2);
  }
}
