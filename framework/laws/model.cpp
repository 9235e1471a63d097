#include <cmath>
#include <cstdio>
#include <deque>
#include <map>
#include <tuple>

#include "laws/environment.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {
namespace {

constexpr std::size_t many = 40 * SEEDBED_LANES;

template <class Functions>
const Functions& capability(const Instance& e, const char* id) {
  const void* functions = e.plugin().capability(id);
  demand(functions, "the capability is there", std::string("expected ") + id);
  return *static_cast<const Functions*>(functions);
}

/// u = (j + 1/2) / many when there is one uniform and nothing else, else random.
struct Draws {
  Block uniform, normal;
  bool grid;

  Draws(std::size_t uniforms, std::size_t normals, Source& source)
      : uniform(source.uniforms(uniforms, many)),
        normal(source.normals(normals, many)),
        grid(uniforms == 1 && normals == 0) {
    for (std::size_t j = 0; grid && j < many; ++j)
      uniform(0, j) = (static_cast<double>(j) + 0.5) / static_cast<double>(many);
  }
  double tolerance(double p) const {
    return grid ? 1.5 / static_cast<double>(many)
                : 5.0 * std::sqrt(p * (1.0 - p) / static_cast<double>(many)) + 1e-12;
  }
};

using Seen = std::vector<double>;                           // an observation
using Outcome = std::tuple<std::uint64_t, double, double>;  // next state, reward, terminated

Seen seen(In observation, std::size_t size, std::size_t j) {
  Seen o;
  for (std::size_t i = 0; i < size; ++i) o.push_back(observation(i, j));
  return o;
}

/// Finds the states of the model by walking, and compares what happens with what it says.
class TabularWalk {
 public:
  TabularWalk(const Instance& e, const seedbed_tabular_model& model)
      : e_(e), info_(describe_environment(e)), model_(model) {
    for (std::uint64_t s = 0; s < model.states; ++s)
      name_[seen(In(model.observation), info_.observation->size, s)] = s;
  }
  bool distinct() const { return name_.size() == model_.states; }

  void run() {
    Source source(3);
    const Draws draws(info_.reset_uniforms, info_.reset_normals, source);
    const Lanes lanes = reset(e_, draws.uniform, draws.normal);
    std::vector<double> share(model_.states, 0.0);
    for (std::size_t j = 0; j < many; ++j) share[meet(lanes, j)] += 1.0 / static_cast<double>(many);
    for (std::uint64_t s = 0; s < model_.states; ++s)
      demand(std::abs(share[s] - model_.initial[s]) <= draws.tolerance(model_.initial[s]),
             "the model agrees with reset", "state " + std::to_string(s));
    for (; !queue_.empty(); queue_.pop_front())
      for (std::uint64_t a = 0; a < model_.actions; ++a) compare(queue_.front(), a, source);
  }

 private:
  std::uint64_t meet(const Lanes& lanes, std::size_t j) {
    const Block& o = lanes.observation;
    const auto found = name_.find(seen(In(seedbed_in(o)), o.rows(), j));
    demand(found != name_.end(), "observations are the model's", "got another");
    const std::uint64_t s = found->second;
    if (lanes.terminated(0, j) == 0.0 && !state_.count(s)) {
      state_.emplace(s, lanes.state.columns(std::vector<std::size_t>(many, j)));
      queue_.push_back(s);
    }
    return s;
  }

  void compare(std::uint64_t s, std::uint64_t a, Source& source) {
    std::map<Outcome, double> expected, got;
    for (std::uint64_t i = 0; i < model_.rows; ++i)
      if (model_.state[i] == s && model_.action[i] == a)
        expected[{model_.next[i], model_.reward[i], model_.terminated[i]}] += model_.probability[i];
    const Draws draws(info_.step_uniforms, info_.step_normals, source);
    const Inputs in{Block(1, many, static_cast<double>(a)), draws.uniform, draws.normal};
    const Lanes after = step(e_, state_.at(s), in);
    for (std::size_t j = 0; j < many; ++j)
      got[{meet(after, j), after.reward(0, j), after.terminated(0, j)}] +=
          1.0 / static_cast<double>(many);
    const std::string where = "state " + std::to_string(s) + ", action " + std::to_string(a);
    for (const auto& [outcome, p] : got)
      demand(expected.count(outcome), "the model agrees with step", where + ": unknown outcome");
    for (const auto& [outcome, p] : expected)
      demand(std::abs(got[outcome] - p) <= draws.tolerance(p), "the model agrees with step",
             where + ": expected an outcome with probability " + std::to_string(p) + ", got " +
                 std::to_string(got[outcome]));
  }

  const Instance& e_;
  seedbed_environment_info info_;
  seedbed_tabular_model model_;
  std::map<Seen, std::uint64_t> name_;
  std::map<std::uint64_t, Block> state_;
  std::deque<std::uint64_t> queue_;
};

void check_rows(const seedbed_tabular_model& model) {
  std::vector<double> sum(model.states * model.actions, 0.0);
  std::uint64_t last = 0;
  for (std::uint64_t i = 0; i < model.rows; ++i) {
    const std::uint64_t key = model.state[i] * model.actions + model.action[i];
    demand(key < sum.size() && key >= last && model.next[i] < model.states,
           "rows are grouped and in range", "row " + std::to_string(i));
    sum[last = key] += model.probability[i];
  }
  for (const double value : sum)
    demand(std::abs(value - 1.0) <= 1e-9, "probabilities sum to 1", "got " + std::to_string(value));
}

void close(double got, double expected, const char* law) {
  char text[80];
  std::snprintf(text, sizeof text, "expected %.17g, got %.17g", expected, got);
  demand(std::abs(got - expected) <= 1e-12 * (1.0 + std::abs(expected)), law, text);
}

/// Lane i has normal e_i and lane `rows` zeros: state - mean are the columns of a factor of `C`.
void check_covariance(const Block& state, std::size_t rows, const double* C, const char* law) {
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t k = 0; k < rows; ++k) {
      double sum = 0.0;
      for (std::size_t j = 0; j < rows; ++j)
        sum += (state(i, j) - state(i, rows)) * (state(k, j) - state(k, rows));
      close(sum, C[i * rows + k], law);
    }
}

double form(const double* M, const Block& x, std::size_t size, std::size_t j) {
  double sum = 0.0;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = 0; k < size; ++k) sum += M[i * size + k] * x(i, j) * x(k, j);
  return sum;
}

}  // namespace

void tabular_laws(const Instance& environment) {
  seedbed_tabular_model model{};
  capability<seedbed_tabular>(environment, SEEDBED_ENVIRONMENT_TABULAR)
      .model(environment.self(), &model);
  check_rows(model);
  TabularWalk walk(environment, model);
  if (walk.distinct()) walk.run();
}

void linear_quadratic_laws(const Instance& e) {
  const seedbed_environment_info info = describe_environment(e);
  seedbed_linear_quadratic_model model{};
  capability<seedbed_linear_quadratic>(e, SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC)
      .model(e.self(), &model);
  const std::size_t lanes = (model.n / SEEDBED_LANES + 1) * SEEDBED_LANES;
  Block unit(model.n, lanes), action(model.m, lanes), state(model.n, lanes);
  for (std::size_t i = 0; i < model.n; ++i) unit(i, i) = 1.0;
  const Block none(0, lanes);
  const Lanes first = reset(e, none, unit);
  for (std::size_t i = 0; i < model.n; ++i)
    close(first.state(i, model.n), model.m_0[i], "the first state has its mean");
  check_covariance(first.state, model.n, model.X_0, "the first state has its covariance");
  for (std::size_t j = 0; j < lanes; ++j) {
    for (std::size_t i = 0; i < model.m; ++i) action(i, j) = 0.5 + static_cast<double>(i);
    for (std::size_t i = 0; i < model.n; ++i) state(i, j) = 0.25 - static_cast<double>(i);
  }
  const Lanes after = step(e, state, {action, none, unit});
  for (std::size_t i = 0; i < model.n; ++i) {
    double mean = 0.0;
    for (std::size_t k = 0; k < model.n; ++k) mean += model.A[i * model.n + k] * state(k, 0);
    for (std::size_t k = 0; k < model.m; ++k) mean += model.B[i * model.m + k] * action(k, 0);
    close(after.state(i, model.n), mean, "the next state has its mean");
  }
  check_covariance(after.state, model.n, model.W, "the noise has its covariance");
  for (std::size_t j = 0; j < lanes; ++j)
    close(after.reward(0, j),
          -(form(model.Q, state, model.n, j) + form(model.R, action, model.m, j) +
            form(model.Q_next, after.state, model.n, j)),
          "the reward is the model's");
  demand(after.observation.same_bits(after.state) && info.state_size == model.n,
         "the state is observed", "got another observation");
}

}  // namespace seedbed::contract
