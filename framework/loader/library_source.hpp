#pragma once
// For tests: sources of libraries, right and wrong.
#include <catch2/catch.hpp>
#include <string>

#include "loader/registry.hpp"
#include "main/temporary_folder.hpp"

namespace seedbed {

/// A library with one optimizer `name`; the header of its entry is what a test wants it to be.
inline std::string library_source(const std::string& name, const std::string& header,
                                  const std::string& more = "") {
  return R"(
#include <seedbed/plugin.h>
)" + more +
         R"(
static uint64_t size(const void *self, uint64_t d) { (void)self; (void)d; return 0; }
static int32_t step(const void *self, uint64_t d, const double *g, double *theta, double *state,
                    seedbed_message *m) {
  (void)self; (void)d; (void)g; (void)theta; (void)state; (void)m; return 0; }
static const seedbed_optimizer functions = {sizeof functions, size, step};
static int32_t create(const seedbed_value *v, const seedbed_context *c, void **s,
                      seedbed_message *m) { (void)v; (void)c; (void)m; *s = 0; return 0; }
static void destroy(void *self) { (void)self; }
static const seedbed_capability capabilities[] = {{"some.thing/1", &functions}};
static const seedbed_descriptor one = {sizeof one, SEEDBED_OPTIMIZER, ")" +
         name + R"(", "1", "MIT", "", "", 0, 0, capabilities, 1, &functions, create, destroy};
static const seedbed_descriptor *const all[] = {&one};
const seedbed_library seedbed_plugin = {)" +
         header + R"(, sizeof(seedbed_library), 0, 1, "cc", "", all};
)";
}

inline const std::string right = "SEEDBED_MAGIC, SEEDBED_ABI_MAJOR, SEEDBED_ABI_MINOR";

/// The one problem of a folder with one bad library.
inline std::string problem_of(const TemporaryFolder& folder) {
  const Registry registry({folder.path()});
  REQUIRE(registry.plugins().empty());
  REQUIRE(registry.problems().size() == 1);
  return registry.problems()[0].reason;
}

}  // namespace seedbed
