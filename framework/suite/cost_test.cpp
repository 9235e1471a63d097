#include "suite/cost.hpp"

#include "suite/suite_folder.hpp"

using namespace seedbed;

namespace {

double cost_of(const SuiteFolder& folder, const std::string& text) {
  return nominal_cost(folder.read(text).stages.at(0).cells.at(0).configuration);
}

}  // namespace

TEST_CASE("the nominal cost of a learn replicate is iterations x episodes x horizon") {
  const SuiteFolder folder;
  CHECK(cost_of(folder, good_suite) == 5 * 8 * 10);
}

TEST_CASE("the nominal cost of a gradient replicate counts its splits, and planners apart") {
  const SuiteFolder folder;
  const std::string text =
      replaced(replaced(good_suite, "[learn]\niterations = 5", "[gradient]\nbatches = 5"),
               "optimizer = { plugin = \"sgd\", step = 3e-4 }\n", "");
  const std::string fixed = text.substr(0, text.find("[sweep]"));
  CHECK(cost_of(folder, "estimator = \"reinforce\"\n" + fixed) == 5 * 8 * 10);
  CHECK(cost_of(folder, "estimator = \"central-differences\"\n" + fixed) == 2 * 5 * 8 * 10);
  CHECK(cost_of(folder, "estimator = \"reinforce\"\n" + fixed + "sources = 4\n") ==
        (5 * 8 + 4 * 22) * 10);
}
