#include <seedbed/environment.hpp>

using namespace seedbed;

namespace {

/// A point on a line, pushed by the action and shaken by noise (README, equation 1).
///
///   s₀ ~ N(0, 1)        s' = s + a + σ w, w ~ N(0, 1)        r = −(s² + a²/10)
struct {{Name}} {
  static constexpr Info info{.name = "{{name}}",
                             .version = "0.1.0",
                             .summary = "A point on a line, pushed by the action, shaken by noise",
                             .source = "your paper, section, equation"};
  static constexpr Parameter parameters[] = {
      {"sigma", SEEDBED_REAL, "0.1", non_negative, "m", "standard deviation of the noise"}};

  Space observation = Space::box({{"position", "m"}});
  Space action = Space::box({{"push", "m"}});
  double sigma;

  {{Name}}(const Values& values, const Context&) : sigma(values.real("sigma")) {}

  void describe(EnvironmentInfo& about) const {
    about.observation = observation.raw();
    about.action = action.raw();
    about.state_size = 1;
    about.horizon = 20;
    about.reset_normals = 1;
    about.step_normals = 1;
  }

  void reset(LaneIn, LaneIn normal, LaneOut s, LaneOut obs) const { obs[0] = s[0] = normal[0]; }

  Step step(LaneIn a, LaneIn, LaneIn w, LaneOut s, LaneOut obs) const {
    const double r = -(s[0] * s[0] + 0.1 * (a[0] * a[0]));
    obs[0] = s[0] = s[0] + a[0] + sigma * w[0];
    return {.reward = r, .terminated = false};
  }
};

}  // namespace

SEEDBED_PLUGIN(environment<{{Name}}>)
