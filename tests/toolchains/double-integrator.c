/* A noisy double integrator, in C11. The same process stands in C++ and in Rust beside this file:
 *
 *   x' = x + tau v        v' = v + tau a + sigma w + g        w ~ N(0, 1), g = 1/2 with probability
 * 0.1 r  = -(x^2 + v^2 + a^2/10)        a clipped to [-3, 3]; it ends when |x'| > 5 */
#include <math.h>
#include <seedbed/plugin.h>
#include <stdlib.h>

typedef struct process {
  double sigma;
} process;

static const double tau = 0.1, no_bound[2] = {-INFINITY, -INFINITY},
                    bound[2] = {INFINITY, INFINITY};
static const char *const state_names[] = {"x", "v"}, *const state_units[] = {"m", "m/s"};
static const char *const push_names[] = {"a"}, *const push_units[] = {"m/s2"};
static const double push_low[] = {-3.0}, push_high[] = {3.0};
static const seedbed_space observed = {SEEDBED_BOX, 2,           0,          no_bound,
                                       bound,       state_names, state_units};
static const seedbed_space acted = {SEEDBED_BOX, 1, 0, push_low, push_high, push_names, push_units};

static int32_t create(const seedbed_value* values, const seedbed_context* context, void** self,
                      seedbed_message* message) {
  (void)context, (void)message;
  process* made = malloc(sizeof *made);
  if (!made) return SEEDBED_ERROR;
  made->sigma = values[0].real;
  *self = made;
  return SEEDBED_OK;
}
static void destroy(void* self) {
  free(self);
}

static void describe(const void* self, seedbed_environment_info* info) {
  (void)self;
  info->observation = &observed;
  info->action = &acted;
  info->state_size = 2;
  info->horizon = 50;
  info->reset_normals = 2;
  info->step_uniforms = info->step_normals = 1;
}

static int32_t reset(const void* self, uint64_t n, seedbed_in uniform, seedbed_in normal,
                     seedbed_out state, seedbed_out observation, seedbed_scratch* scratch,
                     seedbed_message* message) {
  (void)self, (void)uniform, (void)scratch, (void)message;
  for (uint64_t i = 0; i < 2; ++i)
    for (uint64_t j = 0; j < n; ++j)
      state.data[i * state.stride + j] = observation.data[i * observation.stride + j] =
          normal.data[i * normal.stride + j];
  return SEEDBED_OK;
}

static int32_t step(const void* self, uint64_t n, seedbed_in action, seedbed_in uniform,
                    seedbed_in normal, seedbed_out state, seedbed_out observation, double* reward,
                    double* terminated, seedbed_scratch* scratch, seedbed_message* message) {
  (void)scratch, (void)message;
  const double sigma = ((const process*)self)->sigma;
  double *X = state.data, *V = state.data + state.stride;
  for (uint64_t j = 0; j < n; ++j) {
    const double x = X[j], v = V[j], push = action.data[j];
    const double a = push < -3.0 ? -3.0 : push > 3.0 ? 3.0 : push;
    const double g = uniform.data[j] < 0.1 ? 0.5 : 0.0;
    reward[j] = -((x * x + v * v) + 0.1 * (a * a));
    X[j] = x + tau * v;
    V[j] = ((v + tau * a) + sigma * normal.data[j]) + g;
    terminated[j] = X[j] > 5.0 || X[j] < -5.0 ? 1.0 : 0.0;
    observation.data[j] = X[j];
    observation.data[observation.stride + j] = V[j];
  }
  return SEEDBED_OK;
}

static const seedbed_environment functions = {sizeof(seedbed_environment), describe, reset, step};
static const seedbed_parameter parameters[] = {{"sigma", SEEDBED_REAL, 0, "0.1", 0.0, INFINITY,
                                                NULL, "m/s", "standard deviation of the noise"}};
static const seedbed_descriptor descriptor = {.struct_size = sizeof(seedbed_descriptor),
                                              .kind = SEEDBED_ENVIRONMENT,
                                              .name = "double-integrator",
                                              .version = "1.0.0",
                                              .license = "MIT",
                                              .summary = "A noisy double integrator",
                                              .source = "none",
                                              .parameters = parameters,
                                              .parameter_count = 1,
                                              .functions = &functions,
                                              .create = create,
                                              .destroy = destroy};
static const seedbed_descriptor* const descriptors[] = {&descriptor};

__attribute__((visibility("default")))
const seedbed_library seedbed_plugin = {.magic = SEEDBED_MAGIC,
                                        .abi_major = SEEDBED_ABI_MAJOR,
                                        .abi_minor = SEEDBED_ABI_MINOR,
                                        .struct_size = sizeof(seedbed_library),
                                        .descriptor_count = 1,
                                        .compiler = "C11 " __VERSION__,
                                        .isa = "x86-64",
                                        .descriptors = descriptors};
