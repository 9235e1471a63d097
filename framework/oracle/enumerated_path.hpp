#pragma once
// For tests: moments over every trajectory of a small process, of estimators that no plugin is.
#include <catch2/catch.hpp>
#include <functional>

#include "certificate/small_process.hpp"
#include "oracle/contribution_moments.hpp"
#include "oracle/enumeration.hpp"
#include "oracle/step_scores.hpp"
#include "oracle/tabular.hpp"

namespace seedbed {

/// The two sides agree, and are two computations: their rounding differs somewhere.
inline void check_same(const ContributionMoments& exact, const WeighedMoments& enumerated) {
  const std::size_t d = exact.mean.size();
  REQUIRE(enumerated.size() == d);
  bool identical = true;
  for (std::size_t i = 0; i < d; ++i) {
    CHECK_THAT(exact.mean[i], Catch::Matchers::WithinAbs(enumerated.mean()[i], 1e-12));
    identical = identical && exact.mean[i] == enumerated.mean()[i];
    for (std::size_t j = 0; j < d; ++j) {
      const double expected = i <= j ? enumerated.covariance(i, j) : enumerated.covariance(j, i);
      identical = identical && exact.covariance(i, j) == expected;
      CHECK_THAT(exact.covariance(i, j), Catch::Matchers::WithinAbs(expected, 1e-11));
    }
  }
  CHECK(!identical);
}

/// One trajectory: its steps' states, actions, rewards, scores [steps][d].
struct Path {
  std::vector<std::size_t> s, a;
  std::vector<double> r;
  std::vector<std::vector<double>> psi;
  std::size_t final_state;
  bool terminated;
  std::size_t length() const { return r.size(); }
};

/// Hands every trajectory to `visit` with its probability.
inline void for_each_path(const SmallProcess& process,
                          const std::function<void(const Path&, double probability)>& visit) {
  const FiniteProcess& finite = process.finite();
  const std::size_t d = finite.theta().size();
  std::vector<StepScores> scores;
  for (std::size_t t = 0; t < finite.problem().horizon; ++t)
    scores.emplace_back(finite, t, process.arena());
  for_each_block(finite, 256, [&](WeighedTrajectories& trajectories) {
    const seedbed_batch batch = trajectories.recording.view();
    for (std::size_t i = 0; i < batch.episodes; ++i) {
      Path path;
      for (std::size_t t = 0; t < batch.length[i]; ++t) {
        const std::size_t j = batch.begin[i] + t;
        path.s.push_back(static_cast<std::size_t>(batch.observation.data[j]));
        path.a.push_back(static_cast<std::size_t>(batch.action.data[j]));
        path.r.push_back(batch.reward[j]);
        path.psi.emplace_back(d, 0.0);
        add(1.0, scores[t](path.s.back(), path.a.back()), path.psi.back().data());
      }
      path.final_state = static_cast<std::size_t>(batch.final_observation.data[i]);
      path.terminated = batch.terminated[i] != 0.0;
      visit(path, trajectories.probability[i]);
    }
  });
}

/// Moments of g(path) over every trajectory, for estimators that no plugin is.
inline WeighedMoments enumerate(const SmallProcess& process,
                                const std::function<std::vector<double>(const Path&)>& g) {
  WeighedMoments moments(process.finite().theta().size());
  for_each_path(process, [&](const Path& path, double probability) {
    moments.add(probability, g(path).data());
  });
  return moments;
}

/// A critic that is right about nothing.
inline std::vector<double> some_values(const TabularProblem& p) {
  std::vector<double> values;
  for (std::size_t k = 0; k < (p.horizon + 1) * p.model.states; ++k)
    values.push_back(0.3 - 0.17 * static_cast<double>(k * k % 11));
  return values;
}

}  // namespace seedbed
