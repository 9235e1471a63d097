#include <algorithm>
#include <seedbed/pathwise.hpp>

#include "adjoint.hpp"
#include "factor.hpp"
#include "form.hpp"
#include "phase_plane.hpp"

using namespace seedbed;

namespace {

/// A linear process with Gaussian noise and a quadratic cost (README, equations 1 to 3).
///
///   x₀ ~ N(m₀, X₀)        x' = A x + B u + w, w ~ N(0, W)
///   r = −(xᵀQ x + uᵀR u + x'ᵀQ_next x')
///
/// Source: Recht 2018, An outsider's tour of reinforcement learning.
struct LinearQuadratic {
  static constexpr Info info{
      .name = "linear-quadratic",
      .version = "1.0.0",
      .summary = "Linear dynamics, Gaussian noise, quadratic cost; the state is observed",
      .source = "B. Recht, A tour of reinforcement learning, 2019, section 3.1"};
  static constexpr Parameter parameters[] = {
      {"A", SEEDBED_MATRIX, nullptr, any, "", "n x n: how the state carries over"},
      {"B", SEEDBED_MATRIX, nullptr, any, "", "n x m: how the action moves the state"},
      {"Q", SEEDBED_MATRIX, "[]", any, "", "n x n, symmetric: cost of the state; [] is zero"},
      {"R", SEEDBED_MATRIX, nullptr, any, "", "m x m, symmetric: cost of the action"},
      {"Q_next", SEEDBED_MATRIX, "[]", any, "",
       "n x n, symmetric: cost of the next state; [] is zero"},
      {"W", SEEDBED_MATRIX, "[]", any, "", "n x n: covariance of the noise; [] is zero"},
      {"x0", SEEDBED_REALS, nullptr, any, "", "n: mean of the first state"},
      {"X0", SEEDBED_MATRIX, "[]", any, "", "n x n: covariance of the first state; [] is zero"}};

  std::size_t n, m;
  std::vector<double> A, B, Q, R, Q_next, W, m_0, X_0;  ///< row after row
  Map dynamics, control, noise, spread;
  Form state_cost, action_cost, next_cost;
  Adjoint adjoint;
  Space observation, action;

  LinearQuadratic(const Values& values, const Context&)
      : n(values.matrix("A").rows),
        m(values.matrix("B").columns),
        A(values.matrix("A", n, n).copy()),
        B(values.matrix("B", n, m).copy()),
        Q(symmetric(values, "Q", n)),
        R(symmetric(values, "R", m)),
        Q_next(symmetric(values, "Q_next", n)),
        W(symmetric(values, "W", n)),
        m_0(values.matrix("x0", 1, n).copy()),
        X_0(symmetric(values, "X0", n)),
        dynamics(A, n),
        control(B, m),
        noise(factor(values, "W", W, n), n),
        spread(factor(values, "X0", X_0, n), n),
        state_cost(Q, n),
        action_cost(R, m),
        next_cost(Q_next, n),
        adjoint({n, m, A, B, Q, R, Q_next}),
        observation(numbered("x", n)),
        action(numbered("u", m)) {
    if (n == 0) throw values.error("A", "expected at least one row, got none");
    if (m == 0) throw values.error("B", "expected at least one column, got none");
  }

  void describe(EnvironmentInfo& about) const {
    about = {observation.raw(), action.raw(), n, 0, 0, n, 0, n};
  }

  void reset(std::size_t lanes, In, In normal, Out state, Out obs, Scratch&) const {
    for (std::size_t i = 0; i < n; ++i) std::fill_n(state.row(i), lanes, m_0[i]);
    spread.add(normal, state, lanes);
    for (std::size_t i = 0; i < n; ++i) std::copy_n(state.row(i), lanes, obs.row(i));
  }

  void step(std::size_t lanes, In u, In, In normal, Out x, Out next, double* reward,
            double* terminated, Scratch&) const {
    advance(lanes, u, normal, x, next);
    std::fill_n(reward, lanes, 0.0);
    state_cost.subtract(x, reward, lanes);
    action_cost.subtract(u, reward, lanes);
    next_cost.subtract(next, reward, lanes);
    for (std::size_t i = 0; i < n; ++i) std::copy_n(next.row(i), lanes, x.row(i));
    std::fill_n(terminated, lanes, 0.0);
  }

  void pull_back(std::size_t lanes, In x, In u, In, In normal, In next_state_bar,
                 In observation_bar, const double* reward_bar, Out state_bar, Out action_bar,
                 Scratch& scratch) const {
    const Out next(scratch.take(n * lanes), lanes), lambda(scratch.take(n * lanes), lanes);
    advance(lanes, u, normal, x, next);
    adjoint.at_next(next, next_state_bar, observation_bar, reward_bar, lambda, lanes, scratch);
    adjoint.to_state(lambda, x, reward_bar, state_bar, lanes, scratch);
    adjoint.to_action(lambda, u, reward_bar, action_bar, lanes, scratch);
  }

  View view() const { return plane().view(); }
  void draw(const double* x, const double* u, Canvas& canvas) const { plane().draw(x, u, canvas); }

  static void model(const void* self, seedbed_linear_quadratic_model* out) {
    const auto& e = abi::as<LinearQuadratic>(self);
    *out = {e.n,          e.m,         e.A.data(),      e.B.data(),
            e.Q.data(),   e.R.data(),  e.Q_next.data(), e.W.data(),
            e.m_0.data(), e.X_0.data()};
  }
  static constexpr seedbed_linear_quadratic linear_quadratic{model};
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC, &linear_quadratic},
      {SEEDBED_ENVIRONMENT_PATHWISE, &abi::environment_pathwise<LinearQuadratic>},
      {SEEDBED_ENVIRONMENT_DRAWING, &abi::environment_drawing<LinearQuadratic>}};

 private:
  PhasePlane plane() const { return {n, m, B, W, m_0, X_0}; }

  /// x' = A x + B u + w
  void advance(std::size_t lanes, In u, In normal, In x, Out next) const {
    for (std::size_t i = 0; i < n; ++i) std::fill_n(next.row(i), lanes, 0.0);
    dynamics.add(x, next, lanes);
    control.add(u, next, lanes);
    noise.add(normal, next, lanes);
  }

  static Space numbered(const std::string& name, std::size_t count) {
    std::vector<SpaceCoordinate> coordinates(count);
    for (std::size_t i = 0; i < count; ++i) coordinates[i].name = name + std::to_string(i);
    return Space::box(coordinates);
  }
};

}  // namespace

SEEDBED_PLUGIN(environment<LinearQuadratic>)
