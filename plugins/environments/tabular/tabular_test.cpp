#include <catch2/catch.hpp>
#include <fstream>

#include "laws/environment.hpp"
#include "contract/setting.hpp"
#include "loader/registry.hpp"

using namespace seedbed;
using Catch::Contains;
using contract::Block;

namespace {

const std::string header = "state,action,probability,next_state,reward,terminated\n";
const std::string start = "start,,1,0,,\n";

std::string inline_text(const std::string& rows, const std::string& more = "") {
  return "transitions = \"\"\"" + header + rows + "\"\"\"\n" + more;
}

std::string refused(const std::string& toml) {
  return contract::refusal(contract::setting(SEEDBED_ENVIRONMENT, "tabular", toml),
                           contract::context());
}

seedbed_tabular_model model_of(const Instance& environment) {
  seedbed_tabular_model model{};
  static_cast<const seedbed_tabular*>(environment.plugin().capability(SEEDBED_ENVIRONMENT_TABULAR))
      ->model(environment.self(), &model);
  return model;
}

}  // namespace

TEST_CASE("every process that tabular ships keeps the laws and agrees with its model") {
  for (const char* name : {"D2", "FrozenLake-4x4", "FrozenLake-8x8", "CliffWalking"}) {
    INFO(name);
    const Instance process =
        contract::environment("tabular", "model = \"" + std::string(name) + ".csv\"");
    contract::environment_laws(process);
    contract::tabular_laws(process);
  }
}

TEST_CASE("tabular's model has the sizes and the starts of the processes that it ships") {
  const Instance lake = contract::environment("tabular", "model = \"FrozenLake-4x4.csv\"");
  CHECK(model_of(lake).states == 16);
  CHECK(model_of(lake).actions == 4);
  CHECK(model_of(lake).initial[0] == 1.0);
  const Instance cliff = contract::environment("tabular", "model = \"CliffWalking.csv\"");
  CHECK(model_of(cliff).states == 48);
  CHECK(model_of(cliff).rows == 192);
  CHECK(model_of(cliff).initial[36] == 1.0);
  const Instance d2 = contract::environment("tabular", "model = \"D2.csv\"");
  CHECK(model_of(d2).rows == 8);
  CHECK(model_of(d2).initial[1] == 0.5);
  CHECK(model_of(d2).reward[0] == -0.45);
}

TEST_CASE("tabular inverts the distribution function in the order of the rows") {
  const Instance process = contract::environment(
      "tabular", inline_text(start + "0,0,0.25,1,1,0\n0,0,0,2,9,0\n0,0,0.5,0,2,0\n"
                                     "0,0,0.25,2,3,1\n1,0,1,1,0,1\n2,0,1,2,0,1\n"));
  Block uniform(1, SEEDBED_LANES, 0.1);
  uniform(0, 1) = 0.25;
  uniform(0, 2) = 0.75;
  uniform(0, 3) = 0x1.fffffffffffffp-1;
  const Block none(0, SEEDBED_LANES);
  const contract::Lanes after =
      contract::step(process, Block(1, SEEDBED_LANES), {Block(1, SEEDBED_LANES), uniform, none});
  const double reward[] = {1, 2, 3, 3}, next[] = {1, 0, 2, 2}, ended[] = {0, 0, 1, 1};
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK(after.reward(0, j) == reward[j]);
    CHECK(after.observation(0, j) == next[j]);
    CHECK(after.terminated(0, j) == ended[j]);
  }
}

TEST_CASE("tabular takes its first states from `initial` rather than from the start rows") {
  const Instance d2 = contract::environment("tabular", "model = \"D2.csv\"\ninitial = [0.0, 1.0]");
  CHECK(model_of(d2).initial[0] == 0.0);
  contract::tabular_laws(d2);
  const Block none(0, SEEDBED_LANES);
  CHECK(contract::reset(d2, Block(1, SEEDBED_LANES, 1e-9), none).state(0, 0) == 1.0);
}

TEST_CASE("tabular refuses a table that is no process, and says where") {
  const std::string one = "0,0,1,0,0,0\n";
  CHECK(refused(inline_text(start + one)) == "");
  CHECK_THAT(refused(inline_text(one)), Contains("'initial'") && Contains("no start rows"));
  CHECK_THAT(refused(""), Contains("either 'model' or 'transitions', got none"));
  CHECK_THAT(refused(inline_text(start + one, "model = \"D2.csv\"")), Contains("got both"));
  CHECK_THAT(refused("transitions = \"a,b\""), Contains("row 1: expected state,action"));
  CHECK_THAT(refused(inline_text(start + "0,0,0.9,0,0,0\n")),
             Contains("state 0, action 0") && Contains("sum of 0.9"));
  CHECK_THAT(refused(inline_text(start + "0,0,1.5,0,0,0\n")),
             Contains("row 3: probability: expected 0 to 1, got 1.5"));
  CHECK_THAT(refused(inline_text(start + "0,0,1,1,0,0\n")),
             Contains("state 1, action 0: expected rows, got none"));
  CHECK_THAT(refused(inline_text(start + one + "0,0,x,0,0,0\n")),
             Contains("row 4: probability: expected a number, got 'x'"));
  CHECK_THAT(refused(inline_text(start + "0,0,1,0,0,2\n")),
             Contains("terminated: expected 0 or 1"));
  CHECK_THAT(refused(inline_text(start + "0,0,1,0\n")),
             Contains("row 3: expected 6 columns, got 4"));
  CHECK_THAT(refused(inline_text("start,,0.5,0,,\n" + one)), Contains("start rows"));
  CHECK_THAT(refused(inline_text("start,0,1,0,,\n" + one)), Contains("row 2: expected start"));
  CHECK_THAT(refused(inline_text(one, "initial = [0.5, 0.5]")),
             Contains("expected 1 probabilities"));
  CHECK_THAT(refused(inline_text(one, "initial = [0.5]")),
             Contains("'initial'") && Contains("0.5"));
  CHECK_THAT(refused(inline_text(start)), Contains("expected rows of transitions, got none"));
}
