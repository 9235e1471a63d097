#include "engine/rollout.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "configurations.hpp"
#include "engine/call.hpp"
#include "engine/sampler.hpp"

using namespace seedbed;

namespace {

struct Rolled {
  DecisionProblem problem;
  Rollout rollout;
  Recording recording;
  Arena arena;
  std::vector<double> theta;

  explicit Rolled(const Configuration& c, std::uint32_t needs = 0)
      : problem(c),
        rollout(problem, needs),
        recording(rollout.shape()),
        theta(initial_theta(problem, {}, Noise(3, 1))) {}

  seedbed_batch run(std::vector<Request> requests) {
    for (Request& r : requests) r.theta = theta;
    rollout.run(requests, Noise(3, 1), 4, recording, arena);
    return recording.view();
  }
};

Request episodes(std::uint64_t count, std::uint64_t first,
                 std::uint32_t transform = SEEDBED_PLAIN) {
  return {{}, count, first, transform, {}, {}};
}

constexpr std::uint32_t all_needs =
    SEEDBED_NEEDS_POLICY_NOISE | SEEDBED_NEEDS_ENVIRONMENT_NOISE | SEEDBED_NEEDS_STATE;

/// Whether episode i of a is episode j of b in all that batches say of them.
bool same(Rolled& a, std::size_t i, Rolled& b, std::size_t j) {
  const Recording &x = a.recording, &y = b.recording;
  if (x.length[i] != y.length[j]) return false;
  bool all = true;
  for (Rows Recording::*part :
       {&Recording::observation, &Recording::action, &Recording::reward, &Recording::log_prob,
        &Recording::state, &Recording::policy_uniform, &Recording::policy_normal,
        &Recording::step_uniform, &Recording::step_normal})
    for (std::size_t k = 0; k < (x.*part).rows(); ++k) {
      const double* of_a = (x.*part).row(k) + x.begin[i];
      all = all && std::equal(of_a, of_a + x.length[i], (y.*part).row(k) + y.begin[j]);
    }
  for (Rows Recording::*part : {&Recording::final_observation, &Recording::terminated,
                                &Recording::reset_uniform, &Recording::reset_normal})
    for (std::size_t k = 0; k < (x.*part).rows(); ++k)
      all = all && (x.*part).row(k)[i] == (y.*part).row(k)[j];
  return all;
}

}  // namespace

TEST_CASE("a trajectory is a function of its noise name: not of its lane, nor of its company") {
  for (const Configuration& c : {cartpole(1), cartpole(1, 500), regulator(1)}) {
    Rolled many(c, all_needs), few(c, all_needs);
    many.run({episodes(131, 0)});
    for (std::uint64_t first = 0; first < 131; ++first) {
      CHECK(few.run({episodes(1, first)}).noise[0] == first);
      CHECK(same(few, 0, many, first));
    }
    for (const std::uint64_t count : {7u, 17u, 48u}) {
      few.run({episodes(count, 60)});
      for (std::size_t i = 0; i < count; ++i) CHECK(same(few, i, many, 60 + i));
    }
  }
}

TEST_CASE("requests with the same first noise share noise and antithetic ones mirror it") {
  Rolled r(regulator(1), SEEDBED_NEEDS_POLICY_NOISE | SEEDBED_NEEDS_ENVIRONMENT_NOISE);
  const seedbed_batch b =
      r.run({episodes(3, 5), episodes(3, 5), episodes(3, 5, SEEDBED_ANTITHETIC)});
  REQUIRE(b.episodes == 9);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(b.request[i + 6] == 2);
    CHECK(same(r, i, r, i + 3));
    CHECK_FALSE(same(r, i, r, i + 6));
    for (std::size_t t = 0; t < b.length[i]; ++t)
      CHECK(b.policy_normal.data[b.begin[i] + t] == -b.policy_normal.data[b.begin[i + 6] + t]);
    CHECK(b.reset_normal.data[i] == -b.reset_normal.data[i + 6]);
  }
}

TEST_CASE("terminated is the process's end and the horizon cuts without it") {
  Rolled r(cartpole(1, 20));
  const seedbed_batch b = r.run({episodes(200, 0)});
  std::size_t ended = 0, cut = 0, samples = 0;
  for (std::size_t i = 0; i < b.episodes; ++i) {
    samples += b.length[i];
    CHECK(b.length[i] <= 20);
    if (b.terminated[i] == 0.0) CHECK(b.length[i] == 20);
    ++(b.terminated[i] != 0.0 ? ended : cut);
    for (std::size_t t = 0; t < b.length[i]; ++t)
      CHECK(b.t[b.begin[i] + t] == static_cast<std::int64_t>(t));
  }
  CHECK(ended > 0);
  CHECK(cut > 0);
  CHECK(samples == b.samples);
}

TEST_CASE("the recorded log pi is what the policy says of the recorded action") {
  for (const Configuration& c : {cartpole(1), regulator(1)}) {
    Rolled r(c);
    const seedbed_batch b = r.run({episodes(50, 0)});
    std::vector<double> log_prob(b.samples);
    call(r.problem.policy(), "log_prob", [&](seedbed_message* message) {
      return r.problem.policy().functions<seedbed_policy>().log_prob(
          r.problem.policy().self(), r.theta.data(), b.samples, b.t, b.observation, b.action,
          log_prob.data(), r.arena.fresh(), message);
    });
    for (std::size_t j = 0; j < b.samples; ++j)
      CHECK(log_prob[j] == Approx(b.log_prob[j]).margin(1e-12));
  }
}

TEST_CASE("a request may start from given states") {
  Rolled r(regulator(1), SEEDBED_NEEDS_STATE);
  Request request = episodes(2, 0);
  request.start = request.start_observation = {3.0, -4.0, 0.5, 0.25};  // [2 rows][2 episodes]
  const seedbed_batch b = r.run({request});
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k) {
      CHECK(b.state.data[k * b.state.stride + b.begin[i]] == request.start[k * 2 + i]);
      CHECK(b.observation.data[k * b.observation.stride + b.begin[i]] == request.start[k * 2 + i]);
    }
}
