#include <algorithm>
#include <cmath>
#include <seedbed/drawing.hpp>
#include <seedbed/environment.hpp>
#include <seedbed/math.hpp>

using namespace seedbed;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double pi = 3.141592653589793;
constexpr double gravity = 9.8, cart_mass = 1.0, pole_mass = 0.1, half_length = 0.5;
constexpr double mass = cart_mass + pole_mass, moment = pole_mass * half_length;
constexpr double force_size = 10.0, tau = 0.02;
constexpr double x_limit = 2.4, theta_limit = 12.0 * 2.0 * pi / 360.0;

/// Cart and pole, CartPole-v1 (README, equations 1 to 3), u = ±10 N.
///
///   q = (u + m_p l θ̇² sin θ) / m        θ̈ = (g sin θ − q cos θ) / (l (4/3 − m_p cos²θ / m))
///   ẍ = q − m_p l θ̈ cos θ / m           (x, ẋ, θ, θ̇) += τ (ẋ, ẍ, θ̇, θ̈), all at once
///
/// Source: Barto, Sutton & Anderson 1983; Gymnasium, CartPole-v1.
struct Cartpole {
  static constexpr Info info{
      .name = "cartpole",
      .version = "1.0.0",
      .summary = "Balance a pole on a cart by pushes to the left and right (CartPole-v1)",
      .source = "A. G. Barto, R. S. Sutton and C. W. Anderson, Neuronlike adaptive elements, 1983"};

  Space observation = Space::box({{"x", "m", -2.0 * x_limit, 2.0 * x_limit},
                                  {"x_dot", "m/s", -infinity, infinity},
                                  {"theta", "rad", -2.0 * theta_limit, 2.0 * theta_limit},
                                  {"theta_dot", "rad/s", -infinity, infinity}});
  Space action = Space::discrete("push", 2);

  Cartpole(const Values&, const Context&) {}

  void describe(EnvironmentInfo& about) const {
    about = {observation.raw(), action.raw(), 4, 500, 4, 0, 0, 0};
  }

  /// Each coordinate uniform in (-0.05, 0.05).
  void reset(std::size_t n, In uniform, In, Out state, Out obs, Scratch&) const {
    for (std::size_t i = 0; i < 4; ++i) {
      const double* u = uniform.row(i);
      double* __restrict s = state.row(i);
      for (std::size_t j = 0; j < n; ++j) s[j] = -0.05 + 0.1 * u[j];
      std::copy_n(s, n, obs.row(i));
    }
  }

  void step(std::size_t n, In action_, In, In, Out state, Out obs, double* reward,
            double* terminated, Scratch&) const {
    in_packs<3>(n, [&](auto lanes) {
      const auto x = lanes.load(state.row(0)), x_dot = lanes.load(state.row(1));
      const auto theta = lanes.load(state.row(2)), theta_dot = lanes.load(state.row(3));
      const auto zero = lanes.zero();
      const auto [sin, cos] = math::sincos(theta);
      const auto u = select(lanes.load(action_.row(0)) > 0.5, force_size, zero - force_size);
      const auto q = (u + moment * (theta_dot * theta_dot) * sin) * (1.0 / mass);
      const auto theta_acceleration =
          (gravity * sin - cos * q) / (half_length * (4.0 / 3.0 - pole_mass / mass * (cos * cos)));
      const auto x_acceleration = q - moment / mass * theta_acceleration * cos;
      const auto record = [&](std::size_t i, const auto& value) {
        lanes.store(state.row(i), value);
        lanes.store(obs.row(i), value);
      };
      const auto next_x = x + tau * x_dot, next_theta = theta + tau * theta_dot;
      record(0, next_x);
      record(1, x_dot + tau * x_acceleration);
      record(2, next_theta);
      record(3, theta_dot + tau * theta_acceleration);
      const auto ends = (abs(next_x) > x_limit) | (abs(next_theta) > theta_limit);
      lanes.store(terminated, select(ends, 1.0, zero));
      lanes.store(reward, zero + 1.0);
    });
  }

  static void bound(const void*, double* low, double* high) { *low = *high = 1.0; }
  static constexpr seedbed_reward_bound reward_bound{bound};

  View view() const { return {-x_limit - 0.6, -0.5, x_limit + 0.6, 1.6}; }

  /// The track with its ends, the cart, the pole in its true length, the push.
  void draw(const double* s, const double* push, Canvas& canvas) const {
    const double x = s[0], top = 0.3, length = 2.0 * half_length;
    const auto [sine, cosine] = math::sincos(s[2]);
    canvas.line(SEEDBED_INK_SCENE, 0.02, -x_limit - 0.6, 0.0, x_limit + 0.6, 0.0);
    for (const double end : {-x_limit, x_limit})
      canvas.line(SEEDBED_INK_DANGER, 0.03, end, -0.15, end, 0.15);
    canvas.box(SEEDBED_INK_BODY, x - 0.25, 0.0, x + 0.25, top);
    canvas.line(SEEDBED_INK_ACCENT, 0.08, x, top, x + length * sine, top + length * cosine);
    if (!push) return;
    const double side = push[0] > 0.5 ? 1.0 : -1.0;
    canvas.line(SEEDBED_INK_GOAL, 0.05, x + 0.25 * side, 0.15, x + 0.55 * side, 0.15);
  }
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ENVIRONMENT_REWARD_BOUND, &reward_bound},
      {SEEDBED_ENVIRONMENT_DRAWING, &abi::environment_drawing<Cartpole>}};
};

}  // namespace

SEEDBED_PLUGIN(environment<Cartpole>)
