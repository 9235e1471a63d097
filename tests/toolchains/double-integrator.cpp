#include <seedbed/environment.hpp>

using namespace seedbed;

namespace {

/// A noisy double integrator; the same process stands in C11 and in Rust beside this file.
///
///   x' = x + τ v        v' = v + τ a + σ w + g        w ~ N(0, 1), g = 1/2 with probability 0.1
///   r  = −(x² + v² + a²/10)        a clipped to [−3, 3]; it ends when |x'| > 5
///
/// Rationale: aligned to 64 bytes, more than the host's allocator gives: no object may cross.
struct alignas(64) DoubleIntegrator {
  static constexpr Info info{.name = "double-integrator",
                             .version = "1.0.0",
                             .summary = "A noisy double integrator",
                             .source = "none"};
  static constexpr Parameter parameters[] = {
      {"sigma", SEEDBED_REAL, "0.1", non_negative, "m/s", "standard deviation of the noise"}};
  static constexpr double tau = 0.1;

  alignas(64) double sigma;
  Space observation = Space::box({{"x", "m"}, {"v", "m/s"}});
  Space action = Space::box({{"a", "m/s2", -3.0, 3.0}});

  DoubleIntegrator(const Values& values, const Context&) : sigma(values.real("sigma")) {}

  void describe(EnvironmentInfo& about) const {
    about = {observation.raw(), action.raw(), 2, 50, 0, 2, 1, 1};
  }

  void reset(LaneIn, LaneIn normal, LaneOut state, LaneOut obs) const {
    for (std::size_t i = 0; i < 2; ++i) state[i] = obs[i] = normal[i];
  }

  Step step(LaneIn push, LaneIn u, LaneIn w, LaneOut state, LaneOut obs) const {
    const double x = state[0], v = state[1];
    const double a = push[0] < -3.0 ? -3.0 : push[0] > 3.0 ? 3.0 : push[0];
    const double g = u[0] < 0.1 ? 0.5 : 0.0;
    obs[0] = state[0] = x + tau * v;
    obs[1] = state[1] = ((v + tau * a) + sigma * w[0]) + g;
    return {-((x * x + v * v) + 0.1 * (a * a)), state[0] > 5.0 || state[0] < -5.0};
  }
};

}  // namespace

SEEDBED_PLUGIN(environment<DoubleIntegrator>)
