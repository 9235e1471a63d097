#include "suite/condition.hpp"

#include <catch2/catch.hpp>

using namespace seedbed;
using Catch::Contains;

namespace {

const Vocabulary axes = {{"estimator", {"reinforce", "reinforce+leave-one-out"}},
                         {"optimizer.step", {"1e-4", "3e-4", "1e-3"}},
                         {"policy.step", {"0.001", "2"}},
                         {"replicate", {}},
                         {"elsewhere", {}}};

bool holds(const std::string& condition) {
  const std::map<std::string, std::string> here = {{"estimator", "reinforce+leave-one-out"},
                                                   {"optimizer.step", "1e-3"},
                                                   {"policy.step", "0.001"},
                                                   {"replicate", "7"}};
  return Condition(condition, axes).holds([&](const std::string& name) {
    const auto found = here.find(name);
    return found == here.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string error_of(const std::string& condition, std::size_t column) {
  try {
    holds(condition);
  } catch (const ConditionError& error) {
    CHECK(error.exit() == Exit::usage);
    CHECK(error.column == column);
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("a condition compares labels as numbers where both are, else as text") {
  CHECK(holds("optimizer.step = 0.001"));
  CHECK(holds("optimizer.step == policy.step"));
  CHECK_FALSE(holds("optimizer.step != policy.step"));
  CHECK(holds("optimizer.step > 3e-4"));
  CHECK(holds("optimizer.step>=1e-3"));
  CHECK(holds("10 > replicate"));
  CHECK(holds("replicate <= +7"));
  CHECK_FALSE(holds("replicate < 7"));
  CHECK(holds("estimator = reinforce+leave-one-out"));
  CHECK(holds("estimator = \"reinforce+leave-one-out\" "));
  CHECK(holds("estimator > 'reinforce'"));
}

TEST_CASE("not binds before and, and before or, and parentheses before all") {
  CHECK(holds("replicate = 7 or replicate = 8 and replicate = 9"));
  CHECK_FALSE(holds("(replicate = 7 or replicate = 8) and replicate = 9"));
  CHECK(holds("not replicate = 8 and replicate = 7"));
  CHECK_FALSE(holds("not (replicate = 8 or replicate = 7)"));
  CHECK(holds("not not replicate = 7"));
}

TEST_CASE("a comparison of a name without a label does not hold, whatever its operator") {
  CHECK_FALSE(holds("elsewhere = 1"));
  CHECK_FALSE(holds("elsewhere != 1"));
  CHECK(holds("not elsewhere = 1"));
}

TEST_CASE("a condition that cannot be read says where and what was expected") {
  CHECK_THAT(error_of("replicate 7", 11), Contains("expected =, !=, <, <=, > or >=, got '7'"));
  CHECK_THAT(error_of("replicate = ", 13), Contains("expected a value") && Contains("the end"));
  CHECK_THAT(error_of("replicate = 7 or", 17), Contains("expected a comparison"));
  CHECK_THAT(error_of("(replicate = 7", 15), Contains("expected ')', got the end"));
  CHECK_THAT(error_of("replicate = 7 8", 15), Contains("expected 'and', 'or' or the end"));
  CHECK_THAT(error_of("replicate = \"7", 15), Contains("expected '\"'"));
  CHECK_THAT(error_of("", 1), Contains("expected a comparison"));
  CHECK_THAT(error_of("replicate = 7 and and", 19), Contains("expected a comparison"));
  CHECK_THAT(error_of(std::string(5000, '('), 2001), Contains("at most 2000 bytes"));
  CHECK_THAT(error_of(std::string(2000, '('), 2001), Contains("expected a comparison"));
}

TEST_CASE("a condition over an unknown axis or value names the nearest one") {
  CHECK_THAT(error_of("replicate = 7 and optimiser.step = 1", 19),
             Contains("expected the name of an axis, got 'optimiser.step'") &&
                 Contains("did you mean 'optimizer.step'?"));
  CHECK_THAT(error_of("estimator = reinfroce", 13),
             Contains("'estimator' has no value 'reinfroce'; did you mean 'reinforce'?"));
  CHECK_THAT(error_of("optimizer.step = x", 18), Contains("it has: 1e-4, 3e-4, 1e-3"));
  CHECK_FALSE(holds("optimizer.step = 5"));
  CHECK_THAT(error_of("'ä' = 7", 2), Contains("expected the name of an axis"));
  CHECK_THAT(error_of("replicate = 'ä' and x = 1", 21), Contains("got 'x'"));
}
