/* Two estimators that are wrong on purpose: one crashes, one gives NaN. Also a plugin in C11. */
#include <seedbed/plugin.h>

#include <math.h>
#include <stdlib.h>

static int self_of_all;

static int32_t create(const seedbed_value *values, const seedbed_context *context, void **self,
                      seedbed_message *message) {
  (void)values, (void)context, (void)message;
  *self = &self_of_all;
  return SEEDBED_OK;
}
static void destroy(void *self) { (void)self; }

static void describe(const void *self, seedbed_estimator_info *info) { (void)self, (void)info; }

static int32_t crash(const void *self, const seedbed_batch *batch, const double *theta,
                     const double *state, seedbed_results *results, seedbed_scratch *scratch,
                     seedbed_message *message) {
  (void)self, (void)batch, (void)theta, (void)state, (void)results, (void)scratch, (void)message;
  abort();
}

static int32_t not_a_number(const void *self, const seedbed_batch *batch, const double *theta,
                            const double *state, seedbed_results *results,
                            seedbed_scratch *scratch, seedbed_message *message) {
  (void)self, (void)batch, (void)theta, (void)state, (void)message;
  double *gradient = scratch->take(scratch, 64);
  for (int j = 0; j < 64; ++j) gradient[j] = NAN;
  results->set_gradient(results, gradient);
  return SEEDBED_OK;
}

static const seedbed_estimator crash_functions = {
    .struct_size = sizeof(seedbed_estimator), .describe = describe, .estimate = crash};
static const seedbed_estimator nan_functions = {
    .struct_size = sizeof(seedbed_estimator), .describe = describe, .estimate = not_a_number};

#define DESCRIPTOR(name_, functions_)                                                        \
  {.struct_size = sizeof(seedbed_descriptor), .kind = SEEDBED_ESTIMATOR, .name = name_,      \
   .version = "1", .license = "MIT", .summary = "Wrong on purpose", .source = "none",        \
   .functions = &functions_, .create = create, .destroy = destroy}
static const seedbed_descriptor crash_descriptor = DESCRIPTOR("crash", crash_functions);
static const seedbed_descriptor nan_descriptor = DESCRIPTOR("nan", nan_functions);
static const seedbed_descriptor *const descriptors[] = {&crash_descriptor, &nan_descriptor};

const seedbed_library seedbed_plugin = {
    .magic = SEEDBED_MAGIC, .abi_major = SEEDBED_ABI_MAJOR, .abi_minor = SEEDBED_ABI_MINOR,
    .struct_size = sizeof(seedbed_library), .descriptor_count = 2, .compiler = __VERSION__,
    .isa = "x86-64", .descriptors = descriptors};
