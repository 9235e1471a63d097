#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "laws/policy.hpp"

namespace seedbed::contract {
namespace {

constexpr std::size_t most_derivatives = 200;

bool same_bits(const double* a, const double* b, std::size_t count) {
  return std::equal(a, a + count, b);
}

/// (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12 h, for each sample.
std::vector<double> central_difference(const Instance& policy, Theta theta, std::size_t i,
                                       const Acted& acted, double h) {
  const double at = theta[i];
  const auto f = [&](double step) {
    theta[i] = at + step;
    return log_prob(policy, theta, acted);
  };
  const std::vector<double> a = f(h), b = f(-h), c = f(2.0 * h), d = f(-2.0 * h);
  std::vector<double> slope(a.size());
  for (std::size_t j = 0; j < a.size(); ++j)
    slope[j] = (8.0 * (a[j] - b[j]) - (c[j] - d[j])) / (12.0 * h);
  return slope;
}

/// A difference may be off by as much as one of a quarter of its step differs from it: networks at
/// large theta bend within 1e-3.
void check_derivatives(const Instance& policy, const Theta& theta, const Acted& acted,
                       const std::vector<double>& psi) {
  const std::size_t d = theta.size(), stride = d / most_derivatives + 1;
  const auto near = [&](std::size_t i, std::size_t j, double slope, double margin) {
    return std::abs(psi[j * d + i] - slope) <= 1e-7 * (1.0 + std::abs(slope)) + margin;
  };
  for (std::size_t i = 0; i < d; i += stride) {
    const std::vector<double> slope = central_difference(policy, theta, i, acted, 1e-3);
    std::vector<double> finer;
    for (std::size_t j = 0; j < slope.size(); ++j) {
      if (near(i, j, slope[j], 0.0)) continue;
      if (finer.empty()) finer = central_difference(policy, theta, i, acted, 2.5e-4);
      if (!near(i, j, finer[j], std::abs(slope[j] - finer[j])))
        demand(false, "score is the central difference of log_prob",
               fmt::format("component {} of sample {}: {} (t {}{}{})", i, j,
                           expected_got(slope[j], psi[j * d + i]), acted.t[j],
                           column_text("observation", acted.observation, j),
                           column_text("action", acted.action, j)));
    }
  }
}

/// Uneven segments, one of them empty, none of them at the first sample or the last.
Runs uneven(std::size_t n) {
  return {{n / 2, 1, 40, n / 4, 3}, {n / 2 - 1, 1, 0, 21, 10}};
}

void check_sums(const std::vector<double>& G, const std::vector<double>& psi, const Block& weights,
                const Runs& runs, std::size_t d) {
  const std::size_t M = runs.begin.size();
  for (std::size_t k = 0; k < weights.rows(); ++k)
    for (std::size_t m = 0; m < M; ++m)
      for (std::size_t i = 0; i < d; ++i) {
        double sum = 0.0, size = 0.0;
        for (std::size_t j = runs.begin[m]; j < runs.begin[m] + runs.length[m]; ++j) {
          sum += weights(k, j) * psi[j * d + i];
          size += std::abs(weights(k, j) * psi[j * d + i]);
        }
        const double got = G[(k * M + m) * d + i];
        if (!(std::abs(got - sum) <= 1e-12 * (1.0 + size)))
          demand(false, "the weighted score is the sum of single scores",
                 fmt::format("segment {} of {} samples, weighting {}, component {}: {}", m,
                             runs.length[m], k, i, expected_got(sum, got)));
      }
}

/// Each segment alone, in a batch of its own that starts with it, under each weighting alone.
void check_alone(const Instance& policy, const Theta& theta, const Acted& acted,
                 const Block& weights, const Runs& runs, const std::vector<double>& G) {
  const std::size_t d = theta.size(), M = runs.begin.size();
  for (std::size_t m = 0; m < M; ++m) {
    std::vector<std::size_t> which(runs.length[m]);
    std::iota(which.begin(), which.end(), runs.begin[m]);
    const Acted own = columns(acted, which);
    for (std::size_t k = 0; k < weights.rows(); ++k) {
      Block w(1, which.size());
      for (std::size_t j = 0; j < which.size(); ++j) w(0, j) = weights(k, which[j]);
      const std::vector<double> g = score(policy, theta, own, w, {{0}, {runs.length[m]}});
      demand(same_bits(g.data(), &G[(k * M + m) * d], d),
             "a segment and a weighting alone give the same bits",
             "segment " + std::to_string(m) + ", weighting " + std::to_string(k));
    }
  }
}

/// NaN wherever no segment is.
void check_reads(const Instance& policy, const Theta& theta, Acted acted, Block weights,
                 const Runs& runs, const std::vector<double>& G) {
  for (std::size_t j = 0; j < acted.t.size(); ++j) {
    bool used = false;
    for (std::size_t m = 0; m < runs.begin.size(); ++m)
      used = used || (j >= runs.begin[m] && j < runs.begin[m] + runs.length[m]);
    if (used) continue;
    for (std::size_t i = 0; i < acted.observation.rows(); ++i) acted.observation(i, j) = nan;
    for (std::size_t i = 0; i < acted.action.rows(); ++i) acted.action(i, j) = nan;
    for (std::size_t k = 0; k < weights.rows(); ++k) weights(k, j) = nan;
  }
  demand(score(policy, theta, acted, weights, runs) == G, "nothing outside of segments is read",
         "NaN there changes the result");
}

/// What the laws of sums are tried with.
struct Weighed {
  Theta theta;
  Acted acted;
  Block weights;
  Runs runs;
  std::vector<double> G;
};

Weighed weighed(const PolicyTrial& trial) {
  const Theta theta = theta_of(trial, 1.0);
  const Acted acted = act(trial, theta, nasty_situation(trial));
  Source source(trial.seed + 6);
  const Block weights = source.normals(3, acted.t.size());
  const Runs runs = uneven(acted.t.size());
  return {theta, acted, weights, runs, score(trial.policy, theta, acted, weights, runs)};
}

void is_the_derivative(const PolicyTrial& trial) {
  for (const double scale : exact_scales(trial)) {
    const Theta theta = theta_of(trial, scale);
    const Acted acted = act(trial, theta, ordinary_situation(trial));
    check_derivatives(trial.policy, theta, acted, single_scores(trial.policy, theta, acted));
  }
}

void is_the_sum(const PolicyTrial& trial) {
  const Weighed w = weighed(trial);
  check_sums(w.G, single_scores(trial.policy, w.theta, w.acted), w.weights, w.runs, w.theta.size());
}

void depends_on_its_segment(const PolicyTrial& trial) {
  const Weighed w = weighed(trial);
  check_alone(trial.policy, w.theta, w.acted, w.weights, w.runs, w.G);
}

void reads_segments_only(const PolicyTrial& trial) {
  const Weighed w = weighed(trial);
  check_reads(trial.policy, w.theta, w.acted, w.weights, w.runs, w.G);
}

}  // namespace

const Laws<PolicyTrial>& score_laws() {
  static const Laws<PolicyTrial> laws = {
      {"score-is-the-central-difference-of-log-prob", is_the_derivative},
      {"weighted-score-is-the-sum-of-single-scores", is_the_sum},
      {"a-segment-alone-gives-the-same-score", depends_on_its_segment},
      {"score-reads-segments-only", reads_segments_only}};
  return laws;
}

}  // namespace seedbed::contract
