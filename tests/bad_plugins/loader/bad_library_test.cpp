#include <sstream>

#include "loader/library_source.hpp"

using namespace seedbed;

namespace {

/// bad_library.c after `definitions`.
std::string source(const std::string& definitions) {
  std::ifstream file(SEEDBED_SOURCE "/tests/bad_plugins/loader/bad_library.c");
  std::ostringstream text;
  text << definitions << "\n" << file.rdbuf();
  return text.str();
}

struct Case {
  const char *definitions, *reason;
};

}  // namespace

TEST_CASE("a library that says wrong things is not used and one line says what is wrong") {
  const auto [definitions, reason] = GENERATE(values<Case>({
      {"#define STEP 0", "descriptor 0 'odd': expected the function 'step', got null"},
      {"#define CREATE 0", "descriptor 0 'odd': expected the function 'create', got null"},
      {"#define DESTROY 0", "descriptor 0 'odd': expected the function 'destroy', got null"},
      {"#define FUNCTIONS 0", "descriptor 0 'odd': expected functions, got none"},
      {"#define NAME 0", "descriptor 0: expected a name, got none"},
      {"#define NAME \"Odd_one\"", "words joined by '-', got 'Odd_one'"},
      {"#define KIND 9", "descriptor 0 'odd': expected a kind that this ABI knows, got 9"},
      {"#define DESCRIPTOR_SIZE 8", "descriptor 0: expected a name, got none"},
      {"#define LIBRARY_SIZE 32", "an entry of 32 bytes, too small for its ABI"},
      {"#define DESCRIPTORS 0", "expected a library with plugins, got none"},
      {"#define CAPABILITY 0, &functions", "expected an id and functions of capability 0"},
      {"#define PARAMETER 0, SEEDBED_REAL, 0, 0, 0, 1, 0", "expected a key for parameter 0"},
      {"#define PARAMETER \"step\", SEEDBED_REAL, SEEDBED_LOW_OPEN, \"0\", 0, 1, 0",
       "expected a sound parameter 'step', got the default 0, which is not real with 0 < step"},
      {"#define PARAMETER \"step\", SEEDBED_INTEGER, 0, \"1.5\", 0, 2, 0",
       "got the default 1.5, which is not integer"},
      {"#define PARAMETER \"step\", SEEDBED_BOOLEAN, 0, \"yes\", 0, 0, 0",
       "got the default yes, which is not true or false"},
      {"#define PARAMETER \"step\", SEEDBED_CHOICE, 0, \"c\", 0, 0, \"a|b\"",
       "got the default c, which is not one of \"a\", \"b\""},
      {"#define PARAMETER \"step\", SEEDBED_MATRIX, 0, \"[[1.0], [7]]\", 0, 2, 0",
       "got the default [[1.0], [7]], which is not matrix of reals with 0 <= step <= 2"},
      {"#define PARAMETER \"step\", SEEDBED_REAL, 0, \"1\", 2, 1, 0", "got the range from 2 to 1"},
      {"#define PARAMETER \"step\", SEEDBED_COMPONENT, 0, 0, 0, 0, \"thing\"",
       "got a component of no known kind"},
      {"#define PARAMETER \"step\", 17, 0, 0, 0, 0, 0", "got the unknown type 17"},
  }));
  const TemporaryFolder folder;
  folder.compile("odd", source(definitions));
  const std::string problem = problem_of(folder);
  INFO(definitions);
  CHECK_THAT(problem, Catch::Contains("odd.so: ") && Catch::Contains(reason));
  CHECK_THAT(problem, !Catch::Contains("\n"));
}

TEST_CASE("the same library without a mistake is used, and texts that it leaves out are empty") {
  const TemporaryFolder folder;
  const std::string range =
      GENERATE("", "#define PARAMETER \"m\", SEEDBED_MATRIX, 0, \"[]\", 0, 1, 0",
               "#define PARAMETER \"c\", SEEDBED_CHOICE, 0, \"b\", 0, 0, \"a|b\"",
               "#define PARAMETER \"b\", SEEDBED_COMPONENT, 0, \"none\", 0, 0, \"baseline\"",
               "#define PARAMETER \"r\", SEEDBED_REALS, 0, \"0.5\", 0, 1, 0",
               "#define PARAMETER \"f\", SEEDBED_FILE, 0, \"map.csv\", 0, 0, 0",
               "#define PARAMETER \"required\", SEEDBED_REAL, 0, 0, 2, 3, 0");
  folder.compile("odd", source(range));
  const Registry registry({folder.path()});
  const Plugin& plugin = registry.find(SEEDBED_OPTIMIZER, "odd");
  CHECK(std::string(plugin.descriptor->version).empty());
  CHECK(std::string(plugin.descriptor->summary).empty());
  CHECK(std::string(plugin.library->table->compiler).empty());
}
