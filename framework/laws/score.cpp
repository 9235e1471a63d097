#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "laws/policy.hpp"
#include "engine/call.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_derivatives = 200;

bool same_bits(const double* a, const double* b, std::size_t count) {
  return std::equal(a, a + count, b);
}

/// psi[j][d], each sample a segment.
std::vector<double> single_scores(const Instance& policy, const Theta& theta, const Acted& acted) {
  const std::size_t n = acted.t.size();
  Runs runs{std::vector<std::uint64_t>(n), std::vector<std::uint64_t>(n, 1)};
  std::iota(runs.begin.begin(), runs.begin.end(), std::uint64_t{0});
  return score(policy, theta, acted, Block(1, n, 1.0), runs);
}

/// (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12 h, for each sample.
std::vector<double> central_difference(const Instance& policy, Theta theta, std::size_t i,
                                       const Acted& acted) {
  const double at = theta[i], h = 1e-3 * std::max(1.0, std::abs(at));
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

void check_derivatives(const Instance& policy, const Theta& theta, const Acted& acted,
                       const std::vector<double>& psi) {
  const std::size_t d = theta.size(), stride = d / most_derivatives + 1;
  for (std::size_t i = 0; i < d; i += stride) {
    const std::vector<double> slope = central_difference(policy, theta, i, acted);
    for (std::size_t j = 0; j < slope.size(); ++j)
      demand(std::abs(psi[j * d + i] - slope[j]) <= 1e-7 * (1.0 + std::abs(slope[j])),
             "score is the central difference of log_prob",
             "component " + std::to_string(i) + " of sample " + std::to_string(j) + ": expected " +
                 std::to_string(slope[j]) + ", got " + std::to_string(psi[j * d + i]));
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
        demand(std::abs(G[(k * M + m) * d + i] - sum) <= 1e-12 * (1.0 + size),
               "the weighted score is the sum of single scores",
               "segment " + std::to_string(m) + ", component " + std::to_string(i));
      }
}

/// Each segment alone, in a batch of its own that starts with it, under each weighting alone.
void check_alone(const Instance& policy, const Theta& theta, const Acted& acted,
                 const Block& weights, const Runs& runs, const std::vector<double>& G) {
  const std::size_t d = theta.size(), M = runs.begin.size();
  for (std::size_t m = 0; m < M; ++m) {
    std::vector<std::size_t> which(runs.length[m]);
    std::iota(which.begin(), which.end(), runs.begin[m]);
    Acted own{{},
              acted.observation.columns(which),
              acted.action.columns(which),
              acted.log_prob.columns(which)};
    for (const std::size_t j : which) own.t.push_back(acted.t[j]);
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

}  // namespace

std::vector<double> score(const Instance& policy, const Theta& theta, const Acted& acted,
                          const Block& weights, const Runs& runs) {
  const std::size_t size = weights.rows() * runs.begin.size() * theta.size();
  Block G(1, size, nan);
  const Block before = weights;
  const seedbed_segments segments{runs.begin.size(), runs.begin.data(), runs.length.data()};
  Scrambled scratch;
  call(policy, "score", [&](seedbed_message* message) {
    return policy.functions<seedbed_policy>().score(
        policy.self(), theta.data(), acted.t.size(), acted.t.data(), acted.observation,
        acted.action, weights.rows(), weights, &segments, G.row(0), scratch.fresh(), message);
  });
  demand(weights.same_bits(before), "inputs are not written", "score wrote its weights");
  demand(G.guarded(), "nothing beyond the outputs is written", "score did");
  return {G.row(0), G.row(0) + size};
}

void score_laws(const Instance& policy, const Theta& theta, const Acted& acted) {
  const std::vector<double> psi = single_scores(policy, theta, acted);
  for (const double value : psi)
    demand(std::isfinite(value), "outputs are finite", "score gave another");
  check_derivatives(policy, theta, acted, psi);
  Source source(6);
  const Block weights = source.normals(3, acted.t.size());
  const Runs runs = uneven(acted.t.size());
  const std::vector<double> G = score(policy, theta, acted, weights, runs);
  check_sums(G, psi, weights, runs, theta.size());
  check_alone(policy, theta, acted, weights, runs, G);
  check_reads(policy, theta, acted, weights, runs, G);
}

void enumeration_laws(const Instance& policy, const Theta& theta, const Acted& acted) {
  const auto& list =
      *static_cast<const seedbed_enumerate*>(policy.plugin().capability(SEEDBED_POLICY_ENUMERATE));
  const std::size_t A = list.actions(policy.self()), n = acted.t.size(), d = theta.size();
  Block p(A, n, nan);
  Scrambled scratch;
  call(policy, "probabilities", [&](seedbed_message* message) {
    return list.probabilities(policy.self(), theta.data(), n, acted.t.data(), acted.observation, p,
                              scratch.fresh(), message);
  });
  demand(p.guarded(), "nothing beyond the outputs is written", "probabilities did");
  std::vector<double> total(n, 0.0), mean(n * d, 0.0);
  for (std::size_t a = 0; a < A; ++a) {
    Acted chosen = acted;
    chosen.action = Block(1, n, static_cast<double>(a));
    const std::vector<double> log_pi = log_prob(policy, theta, chosen);
    const std::vector<double> psi = single_scores(policy, theta, chosen);
    for (std::size_t j = 0; j < n; ++j) {
      total[j] += p(a, j);
      demand(std::abs(log_pi[j] - std::log(p(a, j))) <= 1e-12 * (1.0 + std::abs(log_pi[j])),
             "log_prob is the log of the probability", "sample " + std::to_string(j));
      for (std::size_t i = 0; i < d; ++i) mean[j * d + i] += p(a, j) * psi[j * d + i];
    }
  }
  for (const double sum : total)
    demand(std::abs(sum - 1.0) <= 1e-12, "probabilities sum to 1", "got " + std::to_string(sum));
  for (const double value : mean)
    demand(std::abs(value) <= 1e-12, "the expected score is 0", "got " + std::to_string(value));
}

/// The trapezoid rule over all reals, accurate to rounding for smooth densities.
void density_laws(const Instance& policy, const Theta& theta, const Acted& acted) {
  constexpr std::size_t points = 4001;
  const std::size_t d = theta.size();
  for (const std::size_t sample : {std::size_t{0}, acted.t.size() - 1}) {
    Acted grid{std::vector<std::int64_t>(points, acted.t[sample]),
               acted.observation.columns(std::vector<std::size_t>(points, sample)),
               Block(1, points), Block(1, points)};
    // log pi = c - z^2/2 far out: its fall tells how wide to go.
    double reach = 1e-6;
    for (bool wide = false; !wide; reach *= 2.0) {
      grid.action(0, 0) = acted.action(0, sample) - reach;
      grid.action(0, 1) = acted.action(0, sample) + reach;
      const std::vector<double> edge = log_prob(policy, theta, grid);
      wide = std::max(edge[0], edge[1]) < acted.log_prob(0, sample) - 60.0;
    }
    const double h = 2.0 * reach / (points - 1);
    for (std::size_t j = 0; j < points; ++j)
      grid.action(0, j) = acted.action(0, sample) - reach + h * static_cast<double>(j);
    const std::vector<double> log_pi = log_prob(policy, theta, grid);
    Block p(1, points);
    double total = 0.0;
    for (std::size_t j = 0; j < points; ++j) total += p(0, j) = h * std::exp(log_pi[j]);
    demand(std::abs(total - 1.0) <= 1e-8, "the density integrates to 1",
           "got " + std::to_string(total));
    const std::vector<double> mean = score(policy, theta, grid, p, {{0}, {points}});
    for (std::size_t i = 0; i < d; ++i)
      demand(std::abs(mean[i]) <= 1e-8 * (1.0 + 1.0 / h), "the expected score is 0",
             "got " + std::to_string(mean[i]));
  }
}

}  // namespace seedbed::contract
