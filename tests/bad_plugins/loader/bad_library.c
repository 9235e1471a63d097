/* An optimizer that is right, but for what a test defines before it. */
#include <math.h>
#include <seedbed/plugin.h>

#ifndef NAME
#define NAME "odd"
#endif
#ifndef KIND
#define KIND SEEDBED_OPTIMIZER
#endif
#ifndef CREATE
#define CREATE create
#endif
#ifndef DESTROY
#define DESTROY destroy
#endif
#ifndef STEP
#define STEP step
#endif
#ifndef FUNCTIONS
#define FUNCTIONS &functions
#endif
#ifndef DESCRIPTOR_SIZE
#define DESCRIPTOR_SIZE sizeof(seedbed_descriptor)
#endif
#ifndef LIBRARY_SIZE
#define LIBRARY_SIZE sizeof(seedbed_library)
#endif
#ifndef DESCRIPTORS
#define DESCRIPTORS 1
#endif
#ifndef PARAMETER /* key, type, range, default, low, high, choices */
#define PARAMETER "step", SEEDBED_REAL, SEEDBED_LOW_OPEN, "0.01", 0, INFINITY, 0
#endif
#ifndef CAPABILITY
#define CAPABILITY "some.thing/1", &functions
#endif

static uint64_t state_size(const void *self, uint64_t d) { return self ? d : 0; }
static int32_t step(const void *self, uint64_t d, const double *g, double *theta, double *state,
                    seedbed_message *message) {
  (void)self, (void)d, (void)g, (void)theta, (void)state, (void)message;
  return SEEDBED_OK;
}
static int32_t create(const seedbed_value *values, const seedbed_context *context, void **self,
                      seedbed_message *message) {
  (void)values, (void)context, (void)message;
  *self = 0;
  return SEEDBED_OK;
}
static void destroy(void *self) { (void)self; }
static const seedbed_optimizer functions = {sizeof functions, state_size, STEP};
static const seedbed_parameter parameters[] = {{PARAMETER, "", "of the test"}};
static const seedbed_capability capabilities[] = {{CAPABILITY}};
static const seedbed_descriptor one = {
    DESCRIPTOR_SIZE, KIND, NAME, 0, "MIT", 0, "", parameters, 1, capabilities, 1, FUNCTIONS,
    CREATE, DESTROY};
static const seedbed_descriptor *const all[] = {&one};
const seedbed_library seedbed_plugin = {SEEDBED_MAGIC, SEEDBED_ABI_MAJOR, SEEDBED_ABI_MINOR,
                                        LIBRARY_SIZE, 0, DESCRIPTORS, 0, 0, all};
