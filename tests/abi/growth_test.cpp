#include "loader/library_source.hpp"

using namespace seedbed;

namespace {

/// A library as of an older minor, which did not know the last functions of its tables: what lies
/// beyond its struct_size is no function, and a host that looks there fails.
const std::string older = R"(
#include <seedbed/plugin.h>
static void describe(const void *self, seedbed_estimator_info *info) { (void)self; (void)info; }
static int32_t estimate(const void *self, const seedbed_batch *batch, const double *theta,
                        const double *state, seedbed_results *results, seedbed_scratch *scratch,
                        seedbed_message *message) {
  (void)self; (void)batch; (void)theta; (void)state; (void)results; (void)scratch; (void)message;
  return 0; }
static int32_t create(const seedbed_value *v, const seedbed_context *c, void **s,
                      seedbed_message *m) { (void)v; (void)c; (void)m; *s = 0; return 0; }
static void destroy(void *self) { (void)self; }
struct older_estimator {
  uint64_t struct_size;
  void (*describe)(const void *, seedbed_estimator_info *);
  void *begin, *plan;
  int32_t (*estimate)(const void *, const seedbed_batch *, const double *, const double *,
                      seedbed_results *, seedbed_scratch *, seedbed_message *);
  uint64_t something_else;
};
static const struct older_estimator functions = {
  offsetof(seedbed_estimator, commit), describe, 0, 0, estimate, UINT64_C(0xdeadbeefdeadbeef)};
static const seedbed_descriptor one = {sizeof one, SEEDBED_ESTIMATOR, "older", "1", "MIT", "", "",
  0, 0, 0, 0, &functions, create, destroy};
static const seedbed_descriptor *const all[] = {&one};
const seedbed_library seedbed_plugin = {SEEDBED_MAGIC, SEEDBED_ABI_MAJOR, SEEDBED_ABI_MINOR,
  sizeof(seedbed_library), 0, 1, "cc", "", all};
)";

/// As of a later minor: everything is longer than this host knows.
const std::string longer = R"(
#include <seedbed/plugin.h>
static uint64_t size(const void *self, uint64_t d) { (void)self; (void)d; return 3; }
static int32_t step(const void *self, uint64_t d, const double *g, double *theta, double *state,
                    seedbed_message *m) {
  (void)self; (void)d; (void)g; (void)theta; (void)state; (void)m; return 0; }
static int32_t create(const seedbed_value *v, const seedbed_context *c, void **s,
                      seedbed_message *m) { (void)v; (void)c; (void)m; *s = 0; return 0; }
static void destroy(void *self) { (void)self; }
static const struct { seedbed_optimizer known; void *more[4]; } functions =
  {{sizeof functions, size, step}, {0}};
static const struct { seedbed_descriptor known; void *more[4]; } one = {{sizeof one,
  SEEDBED_OPTIMIZER, "longer", "1", "MIT", "", "", 0, 0, 0, 0, &functions, create, destroy}, {0}};
static const seedbed_descriptor *const all[] = {&one.known};
const struct { seedbed_library known; void *more[4]; } seedbed_plugin = {{SEEDBED_MAGIC,
  SEEDBED_ABI_MAJOR, SEEDBED_ABI_MINOR, sizeof seedbed_plugin, 0, 1, "cc", "", all}, {0}};
)";

}  // namespace

TEST_CASE("a library of an older minor loads and what it does not know reads as null") {
  const TemporaryFolder folder;
  folder.compile("older", older);
  const Registry registry({folder.path()});
  const seedbed_descriptor& plugin = *registry.find(SEEDBED_ESTIMATOR, "older").descriptor;
  const auto& functions = *static_cast<const seedbed_estimator*>(plugin.functions);
  CHECK(functions.struct_size == sizeof(seedbed_estimator));
  CHECK(functions.estimate != nullptr);
  CHECK(functions.commit == nullptr);
}

TEST_CASE("a library with longer structs than the host's loads by what the host knows of them") {
  const TemporaryFolder folder;
  folder.compile("longer", longer);
  const Registry registry({folder.path()});
  const seedbed_descriptor& plugin = *registry.find(SEEDBED_OPTIMIZER, "longer").descriptor;
  CHECK(plugin.struct_size == sizeof(seedbed_descriptor));
  CHECK(static_cast<const seedbed_optimizer*>(plugin.functions)->state_size(nullptr, 1) == 3);
}

TEST_CASE("a library that lacks a function that must be there is refused and not called") {
  const TemporaryFolder folder;
  std::string text = older;
  const std::string size = "offsetof(seedbed_estimator, commit)";
  text.replace(text.find(size), size.size(), "offsetof(seedbed_estimator, estimate)");
  folder.compile("older", text);
  CHECK_THAT(problem_of(folder), Catch::Contains("expected the function 'estimate', got null"));
}
