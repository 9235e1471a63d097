#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>

#include "contract/setting.hpp"
#include "engine/learner.hpp"
#include "limit/linear.hpp"
#include "limit/perceptron.hpp"

/// The limit does the engine's work: its answers are the engine's within statistical error.
namespace {

using namespace seedbed;

constexpr std::uint64_t tape_steps = 512;

Iteration one_batch(const char* policy, const std::vector<double>& theta, std::uint64_t episodes) {
  using contract::setting;
  Configuration c;
  c.objective = {500, 1.0};
  c.environment = setting(SEEDBED_ENVIRONMENT, "cartpole");
  c.policy = setting(SEEDBED_POLICY, policy);
  c.estimators = {setting(SEEDBED_ESTIMATOR, "reward-to-go")};
  c.optimizer = setting(SEEDBED_OPTIMIZER, "sgd", "step = 1e-12");
  c.iterations = 1;
  c.episodes = episodes;
  c.theta = theta;
  c.record.contributions = theta.size() == 8;
  static std::unique_ptr<Learner> learner;  // owns the batch
  learner = std::make_unique<Learner>(c, Noise(1, 0));
  LearnState state = learner->begin();
  return learner->step(state);
}

/// Of tapes that hold whole episodes one after the other and drop what no longer fits.
struct Tapes {
  std::vector<double> episodes;                 ///< [tapes]
  std::vector<std::array<double, 4>> gradient;  ///< [tapes], the sum of its contributions

  explicit Tapes(const Iteration& of) {
    std::uint64_t used = tape_steps;
    for (std::uint64_t n = 0; n < of.batch.episodes; ++n) {
      used += of.batch.length[n];
      if (used > tape_steps) {  // what is dropped is a tape's last: the next begins with another
        episodes.push_back(0.0);
        gradient.push_back({});
        used = 0;
        continue;
      }
      episodes.back() += 1.0;
      if (of.estimate.contributions.empty()) continue;
      for (std::size_t i = 0; i < 4; ++i)
        gradient.back()[i] += of.estimate.contributions[8 * n + 4 + i];
    }
    episodes.pop_back();  // of which nobody knows whether it is full
    gradient.pop_back();
  }

  double mean() const {
    double sum = 0.0;
    for (const double n : episodes) sum += n;
    return sum / static_cast<double>(episodes.size());
  }
  /// The standard deviation over tapes of what(tape).
  template <class What>
  double deviation(const What& what) const {
    double sum = 0.0, square = 0.0;
    for (std::size_t k = 0; k < episodes.size(); ++k) {
      sum += what(k);
      square += what(k) * what(k);
    }
    const auto n = static_cast<double>(episodes.size());
    return std::sqrt(square / n - sum / n * (sum / n));
  }
  /// Of a difference between a mean over these tapes and one over `others`.
  double error(double sd, double others) const {
    return sd * std::sqrt(1.0 / static_cast<double>(episodes.size()) + 1.0 / others);
  }
};

template <class Work>
void check_episodes(const Tapes& engine, const Work& limit) {
  const double tapes = static_cast<double>(limit.steps / tape_steps);
  const double sd = engine.deviation([&](std::size_t k) { return engine.episodes[k]; });
  CAPTURE(tapes, engine.episodes.size(), sd);
  CHECK(std::abs(engine.mean() - static_cast<double>(limit.episodes) / tapes) <
        4.0 * engine.error(sd, tapes));
}

void check_gradient(const Tapes& engine, const limit::Work& limit) {
  const double mean = engine.mean();
  for (std::size_t i = 0; i < 4; ++i) {
    double g = 0.0;
    for (const auto& sum : engine.gradient) g += sum[i];
    g /= mean * static_cast<double>(engine.episodes.size());
    const double sd = engine.deviation(
        [&](std::size_t k) { return (engine.gradient[k][i] - g * engine.episodes[k]) / mean; });
    const double error = engine.error(sd, static_cast<double>(limit.steps / tape_steps));
    CAPTURE(i, g, error);
    CHECK(std::abs(g - limit.gradient[4 + i]) < 4.0 * error);
    CHECK(limit.gradient[i] == -limit.gradient[4 + i]);
  }
}

}  // namespace

TEST_CASE("the limit of the linear policy has the engine's episodes and gradient") {
  for (const auto& theta :
       std::vector<std::vector<double>>{{0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0.5, 1, 10, 3}}) {
    const std::uint64_t episodes = theta[7] == 0.0 ? 96000 : 2400;
    const Tapes engine(one_batch("linear-softmax", theta, episodes));
    const limit::Work limit = limit::linear_rollout(theta.data(), episodes, true, 1);
    check_episodes(engine, limit);
    check_gradient(engine, limit);
  }
}

TEST_CASE("the limit of the network has the engine's episodes, in double and in single precision") {
  std::vector<double> theta(limit::perceptron_parameters);
  for (std::size_t k = 0; k < theta.size(); ++k)
    theta[k] = 0.2 * std::sin(static_cast<double>(k * k % 1009));
  const Tapes engine(one_batch("mlp", theta, 4800));
  check_episodes(engine, limit::perceptron_rollout<double>(theta.data(), 4800, false, 1));
  check_episodes(engine, limit::perceptron_rollout<float>(theta.data(), 4800, false, 2));
}
