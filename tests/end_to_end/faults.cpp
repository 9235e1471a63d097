// Plugins that are wrong on purpose, each in the way that its parameter names: an estimator, an
// environment and a policy. In C++ against plugin.h alone, so that exceptions are let out.
#include <seedbed/plugin.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cfenv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

/// What all of them are: a word.
struct Fault {
  std::string word;
  bool operator==(const char* other) const { return word == other; }
};

/// What a plugin may do to the process that it runs in, and go on.
void meddle(const Fault& fault) {
  if (fault == "mask") {
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
  }
  if (fault == "folder" && ::chdir("/") != 0) std::abort();
  if (fault == "rounding") std::fesetround(FE_UPWARD);
  if (fault == "garbage") std::puts("done\nfailed\nwhat"), std::fflush(stdout);
  if (fault == "close-input") ::close(0);
  if (fault == "close-all")
    for (int file = 0; file < 64; ++file) ::close(file);
  if (fault == "fork") ::fork();
  if (fault == "spawn" && ::system("sleep 300 & echo") != 0) std::abort();
  if (fault == "spawn-and-hang" && ::system("sleep 300") != 0) std::abort();
  if (fault == "outlive") {  // as one whose last write takes the disk long
    ::prctl(PR_SET_PDEATHSIG, 0);
    std::puts("on its own"), std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
  }
  if (fault == "leak")
    for (int i = 0; i < 150; ++i) *static_cast<volatile char*>(std::malloc(1 << 20)) = 1;
}

/// The faults that end, or do not end, wherever they happen.
void strike(const Fault& fault) {
  if (fault == "throw") throw std::runtime_error("out of luck");
  if (fault == "terminate") std::terminate();
  if (fault == "segfault") *reinterpret_cast<volatile int*>(8) = 1;
  if (fault == "abort") std::abort();
  if (fault == "exit") std::exit(0);
  while (fault == "hang") std::this_thread::sleep_for(std::chrono::milliseconds(10));
  if (fault == "allocate")
    for (;;) {
      auto* more = static_cast<volatile char*>(std::malloc(1 << 24));
      for (int i = 0; i < (1 << 24); i += 4096) more[i] = 1;
    }
  if (fault == "overflow") {  // far beyond what the engine handed over
    auto* wild = reinterpret_cast<volatile double*>(strike);
    for (long i = 0;; i += 512) wild[i] = 1.0;
  }
}

int32_t create(const seedbed_value* values, const seedbed_context*, void** self, seedbed_message*) {
  auto* fault = new Fault{values[0].text};
  if (*fault == "create") strike({"segfault"});
  if (*fault == "create-exit") strike({"exit"});
  *self = fault;
  return SEEDBED_OK;
}
void destroy(void* self) {
  if (*static_cast<Fault*>(self) == "destroy") strike({"abort"});
  delete static_cast<Fault*>(self);
}
const Fault& as_fault(const void* self) {
  return *static_cast<const Fault*>(self);
}

int32_t refuse(seedbed_message* message) {
  const char text[] = "no more";
  for (std::size_t i = 0; i < sizeof text; ++i) message->text[i] = text[i];
  return SEEDBED_ERROR;
}

// ---- Estimator: strikes in its third batch, which it counts in its state ----------------------

void describe_estimator(const void* self, seedbed_estimator_info* info) {
  info->estimand = SEEDBED_GRADIENT_OF_SURROGATE;
  info->bias = SEEDBED_BIASED;
  info->state_size = 1;
  if (as_fault(self) == "describe") strike({"abort"});
}

int32_t plan(const void* self, const double*, const double*, const double*, const double*,
             seedbed_plan* plan, seedbed_message*) {
  const seedbed_request request{nullptr, 4, 0, SEEDBED_PLAIN, nullptr, 0, nullptr};
  if (as_fault(self) == "endless-plan")
    while (plan->request(plan, &request) == SEEDBED_OK) {
    }
  if (as_fault(self) == "empty-plan") return SEEDBED_OK;
  return plan->request(plan, &request);
}

int32_t estimate(const void* self, const seedbed_batch*, const double*, const double* state,
                 seedbed_results* results, seedbed_scratch* scratch, seedbed_message* message) {
  const Fault& fault = as_fault(self);
  double* g = scratch->take(scratch, 64);
  for (int j = 0; j < 64; ++j) g[j] = 0.0;
  if (state[0] == 2.0) {
    meddle(fault);
    strike(fault);
    if (fault == "status") return refuse(message);
    if (fault == "silence") return SEEDBED_OK;
    if (fault == "nan") g[0] = nan_value;
    if (fault == "scratch") scratch->take(scratch, uint64_t{1} << 50);
  }
  results->contribute(results, state[0] == 2.0 && fault == "disorder" ? 1 : 0, 1, g);
  return SEEDBED_OK;
}

int32_t commit(const void*, const seedbed_batch*, const double*, double* state, seedbed_scratch*,
               seedbed_message*) {
  state[0] += 1.0;
  return SEEDBED_OK;
}

// ---- Environment: one number that stands still, ten steps; strikes at step four ---------------

const double low[] = {-1.0}, high[] = {1.0};
const char* const names[] = {"x"};
const char* const units[] = {""};
const seedbed_space line{SEEDBED_BOX, 1, 0, low, high, names, units};

void describe_environment(const void*, seedbed_environment_info* info) {
  *info = {&line, &line, 1, 10, 0, 0, 0, 0};
}

int32_t reset(const void* self, uint64_t n, seedbed_in, seedbed_in, seedbed_out state,
              seedbed_out observation, seedbed_scratch*, seedbed_message*) {
  if (as_fault(self) == "reset") strike({"segfault"});
  for (uint64_t j = 0; j < n; ++j) state.data[j] = observation.data[j] = 0.0;
  return SEEDBED_OK;
}

int32_t step(const void* self, uint64_t n, seedbed_in, seedbed_in, seedbed_in, seedbed_out state,
             seedbed_out observation, double* reward, double* terminated, seedbed_scratch*,
             seedbed_message* message) {
  const Fault& fault = as_fault(self);
  const bool now = state.data[0] == 4.0;
  if (now) strike(fault);
  if (now && fault == "status") return refuse(message);
  for (uint64_t j = 0; j < n; ++j) {
    observation.data[j] = state.data[j] += 1.0;
    reward[j] = now && fault == "nan" ? nan_value : 0.0;
    terminated[j] = now && fault == "half" ? 0.5 : 0.0;
  }
  return SEEDBED_OK;
}

void view(const void*, double* view) {
  view[0] = view[1] = 0.0;
  view[2] = 10.0;
  view[3] = 1.0;
}

int32_t draw(const void* self, const double* observation, const double*, seedbed_canvas* canvas,
             seedbed_message* message) {
  const Fault& fault = as_fault(self);
  if (fault == "draw-segfault") strike({"segfault"});
  if (fault == "draw-throw") strike({"throw"});
  if (fault == "draw-exit") strike({"exit"});
  if (fault == "draw-status") return refuse(message);
  canvas->circle(canvas, SEEDBED_INK_BODY, observation[0], fault == "draw-nan" ? nan_value : 0.5,
                 0.2);
  canvas->text(canvas, SEEDBED_INK_SCENE, 5.0, 0.8, 0.1, "<script>alert(1)</script>");
  return SEEDBED_OK;
}

// ---- Policy: one parameter, always the same action --------------------------------------------

void describe_policy(const void*, seedbed_policy_info* info) {
  info->parameters = 1;
}

int32_t init(const void*, const double*, const double*, double* theta, seedbed_message*) {
  theta[0] = 0.0;
  return SEEDBED_OK;
}

int32_t act(const void* self, const double*, uint64_t n, const int64_t* t, seedbed_in, seedbed_in,
            seedbed_in, seedbed_out action, double* log_prob, seedbed_scratch*, seedbed_message*) {
  const Fault& fault = as_fault(self);
  if (t[0] == 4) strike(fault);
  for (uint64_t j = 0; j < n; ++j) {
    action.data[j] = 0.0;
    log_prob[j] = t[j] == 4 && fault == "nan" ? nan_value : 0.0;
  }
  return SEEDBED_OK;
}

int32_t log_prob(const void*, const double*, uint64_t n, const int64_t*, seedbed_in, seedbed_in,
                 double* out, seedbed_scratch*, seedbed_message*) {
  for (uint64_t j = 0; j < n; ++j) out[j] = 0.0;
  return SEEDBED_OK;
}

int32_t score(const void*, const double*, uint64_t, const int64_t*, seedbed_in, seedbed_in,
              uint64_t weightings, seedbed_in, const seedbed_segments* segments, double* G,
              seedbed_scratch*, seedbed_message*) {
  for (uint64_t k = 0; k < weightings * segments->count; ++k) G[k] = 0.0;
  return SEEDBED_OK;
}

// ---- Entry ------------------------------------------------------------------------------------

const seedbed_estimator estimator{
    sizeof estimator, describe_estimator, nullptr, plan, estimate, commit};
const seedbed_environment environment{sizeof environment, describe_environment, reset, step};
const seedbed_policy policy{sizeof policy, describe_policy, init, act, log_prob, score};
const seedbed_parameter parameters[] = {
    {"fault", SEEDBED_STRING, 0, "\"none\"", 0, 0, nullptr, "", "what goes wrong"}};

const seedbed_drawing drawing{view, draw};
const seedbed_capability capabilities[] = {{SEEDBED_ENVIRONMENT_DRAWING, &drawing}};
#ifdef WITHOUT_DRAWING
constexpr uint64_t capability_count = 0;
#else
constexpr uint64_t capability_count = 1;
#endif

constexpr seedbed_descriptor descriptor(seedbed_kind kind, const void* functions,
                                        uint64_t count = 0) {
  return {sizeof(seedbed_descriptor),
          static_cast<uint32_t>(kind),
          "faulty",
          "1",
          "MIT",
          "Wrong on purpose",
          "none",
          parameters,
          1,
          capabilities,
          count,
          functions,
          create,
          destroy};
}
const seedbed_descriptor faulty[] = {
    descriptor(SEEDBED_ESTIMATOR, &estimator),
    descriptor(SEEDBED_ENVIRONMENT, &environment, capability_count),
    descriptor(SEEDBED_POLICY, &policy)};
const seedbed_descriptor* const all[] = {&faulty[0], &faulty[1], &faulty[2]};

}  // namespace

extern "C" const seedbed_library seedbed_plugin = {SEEDBED_MAGIC,
                                                   SEEDBED_ABI_MAJOR,
                                                   SEEDBED_ABI_MINOR,
                                                   sizeof(seedbed_library),
                                                   0,
                                                   3,
                                                   __VERSION__,
                                                   "x86-64",
                                                   all};
