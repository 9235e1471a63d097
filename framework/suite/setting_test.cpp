#include "loader/sha256.hpp"
#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;

namespace {

/// An optimizer with a parameter of every type, and an estimator that asks for capabilities.
const std::string fixture = R"(
#include <seedbed/plugin.h>
#include <math.h>
#include <string.h>
static const seedbed_parameter table[] = {
    {"flag", SEEDBED_BOOLEAN, 0, "true", -INFINITY, INFINITY, 0, "", "a flag"},
    {"count", SEEDBED_INTEGER, 0, "3", 1, 9, 0, "", "a count"},
    {"open", SEEDBED_REAL, SEEDBED_LOW_OPEN, "0.5", 0, 1, 0, "m", "half open"},
    {"word", SEEDBED_STRING, 0, "hello", -INFINITY, INFINITY, 0, "", "a word"},
    {"mode", SEEDBED_CHOICE, 0, "\"slow\"", -INFINITY, INFINITY, "fast|slow", "", "a choice"},
    {"list", SEEDBED_REALS, 0, "[1, 2.5]", 0, INFINITY, 0, "", "reals"},
    {"block", SEEDBED_MATRIX, 0, "[[1, 2], [3, 4]]", -INFINITY, INFINITY, 0, "", "a matrix"},
    {"data", SEEDBED_FILE, 0, "\"shipped.txt\"", -INFINITY, INFINITY, 0, "", "a file"}};
static uint64_t size(const void *self, uint64_t d) { (void)self; (void)d; return 0; }
static int32_t step(const void *self, uint64_t d, const double *g, double *theta, double *state,
                    seedbed_message *m) {
  (void)self; (void)d; (void)g; (void)theta; (void)state; (void)m; return SEEDBED_OK; }
static const seedbed_optimizer optimizer = {sizeof optimizer, size, step};
static int32_t create(const seedbed_value *v, const seedbed_context *c, void **s,
                      seedbed_message *m) {
  (void)c; *s = 0;
  if (v[1].integer != 9) return SEEDBED_OK;
  m->parameter = 1;
  strcpy(m->text, "nine is too many");
  return SEEDBED_ERROR;
}
static void destroy(void *self) { (void)self; }
static const seedbed_descriptor one = {sizeof one, SEEDBED_OPTIMIZER, "every-type", "1", "MIT", "",
                                       "", table, 8, 0, 0, &optimizer, create, destroy};
static const char *const needs[] = {SEEDBED_POLICY_ENUMERATE, "some.thing/1", 0};
static void describe(const void *self, seedbed_estimator_info *info) {
  (void)self;
  info->policy_capabilities = needs;
}
static int32_t estimate(const void *self, const seedbed_batch *batch, const double *theta,
                        const double *state, seedbed_results *results, seedbed_scratch *scratch,
                        seedbed_message *m) {
  (void)self; (void)batch; (void)theta; (void)state; (void)results; (void)scratch; (void)m;
  return SEEDBED_OK;
}
static const seedbed_estimator estimator = {sizeof estimator, describe, 0, 0, estimate, 0};
static int32_t create_any(const seedbed_value *v, const seedbed_context *c, void **s,
                          seedbed_message *m) { (void)v; (void)c; (void)m; *s = 0; return 0; }
static const seedbed_descriptor two = {sizeof two, SEEDBED_ESTIMATOR, "demanding", "1", "MIT", "",
                                       "", 0, 0, 0, 0, &estimator, create_any, destroy};
static const seedbed_descriptor *const all[] = {&one, &two};
const seedbed_library seedbed_plugin = {SEEDBED_MAGIC, 1, 0, sizeof(seedbed_library), 0, 2, "", "",
                                        all};
)";

class FixtureFolder : public SuiteFolder {
 public:
  FixtureFolder() {
    compile(fixture);
    std::filesystem::create_directory(path() / "fixture");
    write("fixture/shipped.txt", "shipped");
  }

  std::string suite(const std::string& parameters) const {
    std::string text = good_suite.substr(0, good_suite.find("[sweep]"));
    return replaced(text, "{ plugin = \"sgd\", step = 3e-4 }",
                    "{ plugin = \"every-type\"" + parameters + " }\nestimator = \"reinforce\"");
  }

  Setting optimizer(const std::string& parameters) const {
    return *read(suite(parameters)).stages.at(0).cells.at(0).configuration.optimizer;
  }
};

}  // namespace

TEST_CASE("defaults of every type are read from the table of the plugin") {
  const FixtureFolder folder;
  const std::vector<Value> values = folder.optimizer("").values;
  REQUIRE(values.size() == 8);
  CHECK(std::get<bool>(values[0]));
  CHECK(std::get<std::int64_t>(values[1]) == 3);
  CHECK(std::get<double>(values[2]) == 0.5);
  CHECK(std::get<std::string>(values[3]) == "hello");
  CHECK(std::get<ChoiceValue>(values[4]).index == 1);
  CHECK(std::get<Matrix>(values[5]) == Matrix{{1, 2.5}, 1, 2});
  CHECK(std::get<Matrix>(values[6]) == Matrix{{1, 2, 3, 4}, 2, 2});
  CHECK(std::get<FileValue>(values[7]).contents == "shipped");
}

TEST_CASE("values of every type are read from the suite") {
  const FixtureFolder folder;
  folder.write("mine.txt", "mine");
  const std::vector<Value> values =
      folder
          .optimizer(
              ", flag = false, count = 1, open = 1, word = \"x\", mode = \"fast\", "
              "list = 4, block = [5, 6, 7], data = \"mine.txt\"")
          .values;
  CHECK(!std::get<bool>(values[0]));
  CHECK(std::get<std::int64_t>(values[1]) == 1);
  CHECK(std::get<double>(values[2]) == 1.0);
  CHECK(std::get<ChoiceValue>(values[4]).text == "fast");
  CHECK(std::get<Matrix>(values[5]) == Matrix{{4}, 1, 1});
  CHECK(std::get<Matrix>(values[6]) == Matrix{{5, 6, 7}, 1, 3});
  CHECK(std::get<FileValue>(values[7]).contents == "mine");
  CHECK(std::get<FileValue>(values[7]).sha256 == sha256("mine"));
}

TEST_CASE("a value out of type or range is refused with what was expected") {
  const FixtureFolder folder;
  const auto errors = [&](const std::string& value) {
    return folder.errors(folder.suite(", " + value));
  };
  CHECK_THAT(errors("flag = 1"), Contains("'flag'") && Contains("expected true or false, got 1"));
  CHECK_THAT(errors("count = 1.5"), Contains("expected integer with 1 <= count <= 9, got 1.5"));
  CHECK_THAT(errors("count = 10"), Contains("got 10"));
  CHECK_THAT(errors("open = 0"), Contains("expected real with 0 < open <= 1, got 0"));
  CHECK_THAT(errors("open = 2020-01-01"), Contains("got 2020-01-01"));
  CHECK_THAT(errors("word = 5"), Contains("expected string, got 5"));
  CHECK_THAT(errors("mode = \"fats\""),
             Contains("expected one of \"fast\", \"slow\"") && Contains("did you mean 'fast'?"));
  CHECK_THAT(errors("list = [1, -1]"), Contains("got -1"));
  CHECK_THAT(errors("list = [[1]]"), Contains("got an array"));
  CHECK_THAT(errors("block = 5"), Contains("expected matrix of reals, got 5"));
  CHECK_THAT(errors("block = [[1], 2]"), Contains("got 2"));
  CHECK_THAT(errors("plugin = \"sgd\""), Contains("error:"));  // a key twice
}

TEST_CASE("a missing file's error names both places where it was looked for") {
  const FixtureFolder folder;
  CHECK_THAT(folder.errors(folder.suite(", data = \"no.txt\"")),
             Contains((folder.path() / "no.txt").string()) &&
                 Contains((folder.path() / "fixture" / "no.txt").string()));
}

TEST_CASE("the contents of a file decide a task's id, its name does not") {
  const FixtureFolder folder;
  folder.write("a.txt", "one");
  folder.write("b.txt", "one");
  const auto id = [&](const std::string& name) {
    return make_plan(folder.read(folder.suite(", data = \"" + name + "\""))).tasks.at(0).id;
  };
  const std::string before = id("a.txt");
  CHECK(id("b.txt") == before);
  folder.write("a.txt", "two");
  CHECK(id("a.txt") != before);
}

TEST_CASE("what create() refuses is shown at the parameter that it names") {
  const FixtureFolder folder;
  const std::string errors = folder.errors(folder.suite(", count = 9"));
  CHECK_THAT(errors, Contains(":18:46: error: optimizer 'every-type': nine is too many"));
}

TEST_CASE("a capability that is missing is said in words, or by its id") {
  const FixtureFolder folder;
  const std::string text = replaced(folder.suite(""), "\"reinforce\"", "\"demanding\"");
  CHECK_THAT(folder.errors(text),
             Contains(":19:13: error: estimator 'demanding' needs a policy that can enumerate its "
                      "actions; policy 'linear-gaussian' cannot") &&
                 Contains("needs a policy that has the capability 'some.thing/1'; policy "
                          "'linear-gaussian' has not"));
}

TEST_CASE("the customary horizon holds where the suite gives none, if there is one") {
  const SuiteFolder folder;
  CHECK_THAT(folder.errors(replaced(good_suite, "horizon = 10\n", "")),
             Contains(":10:1: error: missing key 'horizon' of [objective]: environment "
                      "'linear-quadratic' has no customary one"));
}
