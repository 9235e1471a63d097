#include <fmt/format.h>

#include <cmath>

#include "engine/call.hpp"
#include "laws/policy.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {
namespace {

using Numbers = std::vector<double>;
constexpr const char* expectation_law =
    "entropy, divergence and Fisher-vector product are expectations";

const seedbed_policy_distribution& distribution_of(const Instance& policy) {
  return *static_cast<const seedbed_policy_distribution*>(
      policy.plugin().capability(SEEDBED_POLICY_DISTRIBUTION));
}

/// Calls a function of the capability whose numbers go to `out`.
template <std::size_t n, class Function>
Numbers called(const Instance& policy, const char (&name)[n], std::size_t size,
               Function&& function) {
  Block out(1, size, NAN);
  Scrambled scratch;
  call(policy, name,
       [&](seedbed_message* message) { return function(out.row(0), scratch.fresh(), message); });
  demand(out.guarded(), "nothing beyond the outputs is written", std::string(name) + " did");
  return {out.row(0), out.row(0) + size};
}

/// An action at every state and its weights there.
struct Node {
  Acted acted;
  Numbers weight, log_pi;
};

/// Nodes whose weighted sums are expectations over actions: all that a discrete policy takes; of a
/// Gaussian one, Gauss-Hermite's three per number, exact for polynomials of the fifth degree.
std::vector<Node> nodes_of(const PolicyTrial& trial, const Theta& theta, const Situation& s) {
  const seedbed_space& space = *trial.context.action;
  const std::size_t n = s.t.size(), m = space.size;
  std::vector<Node> nodes;
  if (space.kind == SEEDBED_DISCRETE) {
    const auto* list = static_cast<const seedbed_enumerate*>(
        trial.policy.plugin().capability(SEEDBED_POLICY_ENUMERATE));
    const std::uint64_t values = list ? list->actions(trial.policy.self()) : space.count;
    for (std::uint64_t a = 0; a < values; ++a) {
      Node node{{s.t, s.observation, Block(1, n, static_cast<double>(a)), Block(1, n)}, {}, {}};
      node.log_pi = log_prob(trial.policy, theta, node.acted);
      for (const double x : node.log_pi) node.weight.push_back(std::exp(x));
      nodes.push_back(std::move(node));
    }
    return nodes;
  }
  std::size_t count = 1;
  for (std::size_t i = 0; i < m; ++i) count *= 3;
  for (std::size_t k = 0; k < count; ++k) {
    Situation at = s;
    double weight = 1.0;
    for (std::size_t i = 0, digits = k; i < m; ++i, digits /= 3) {
      const double point = digits % 3 == 0   ? 0.0
                           : digits % 3 == 1 ? -std::sqrt(3.0)
                                             : std::sqrt(3.0);
      weight *= digits % 3 == 0 ? 2.0 / 3.0 : 1.0 / 6.0;
      std::fill_n(at.normal.row(i), n, point);
    }
    Node node{act(trial, theta, at), Numbers(n, weight), {}};
    node.log_pi = log_prob(trial.policy, theta, node.acted);
    nodes.push_back(std::move(node));
  }
  return nodes;
}

void demand_near(const Numbers& expected, const Numbers& size, const Numbers& got,
                 const char* what) {
  for (std::size_t j = 0; j < expected.size(); ++j)
    if (!(std::abs(got[j] - expected[j]) <= 1e-10 * (1.0 + size[j])))
      demand(false, expectation_law,
             fmt::format("{} {}: {}", what, j, expected_got(expected[j], got[j])));
}

}  // namespace

void policy_distribution_laws(const PolicyTrial& trial) {
  const Instance& policy = trial.policy;
  const seedbed_policy_distribution& of = distribution_of(policy);
  const Situation s = ordinary_situation(trial);
  const std::size_t n = s.t.size();
  Source source(trial.seed + 9);
  for (const double scale : {0.0, 0.3}) {
    const Theta theta = theta_of(trial, scale), other = theta_of(trial, 0.2);
    const std::size_t d = theta.size();
    const Block v = source.normals(1, d), weight = source.uniforms(1, n);
    Numbers H(n, 0.0), KL(n, 0.0), size(n, 0.0), product(d, 0.0), product_size(d, 0.0);
    for (const Node& node : nodes_of(trial, theta, s)) {
      const Numbers log_other = log_prob(policy, other, node.acted);
      const Numbers psi = single_scores(policy, theta, node.acted);
      for (std::size_t j = 0; j < n; ++j) {
        const double w = node.weight[j];
        H[j] -= w * node.log_pi[j];
        KL[j] += w * (node.log_pi[j] - log_other[j]);
        size[j] += w * (std::abs(node.log_pi[j]) + std::abs(log_other[j]));
        double along = 0.0, along_size = 0.0;
        for (std::size_t i = 0; i < d; ++i) {
          along += psi[j * d + i] * v(0, i);
          along_size += std::abs(psi[j * d + i] * v(0, i));
        }
        for (std::size_t i = 0; i < d; ++i) {
          product[i] += weight(0, j) * w * psi[j * d + i] * along;
          product_size[i] += weight(0, j) * w * std::abs(psi[j * d + i]) * along_size;
        }
      }
    }
    const auto entropy = [&] {
      return called(policy, "entropy", n, [&](double* out, auto* scratch, auto* message) {
        return of.entropy(policy.self(), theta.data(), n, s.t.data(), s.observation, out, scratch,
                          message);
      });
    };
    const auto divergence = [&](const Theta& from) {
      return called(policy, "divergence", n, [&](double* out, auto* scratch, auto* message) {
        return of.divergence(policy.self(), theta.data(), from.data(), n, s.t.data(), s.observation,
                             out, scratch, message);
      });
    };
    const auto fisher = [&] {
      return called(
          policy, "fisher_vector_product", d, [&](double* out, auto* scratch, auto* message) {
            return of.fisher_vector_product(policy.self(), theta.data(), v.row(0), n, s.t.data(),
                                            s.observation, weight.row(0), out, scratch, message);
          });
    };
    demand_near(H, size, entropy(), "entropy of sample");
    demand_near(KL, size, divergence(other), "divergence of sample");
    demand_near(Numbers(n, 0.0), Numbers(n, 0.0), divergence(theta),
                "divergence from itself of sample");
    demand_near(product, product_size, fisher(), "component of the Fisher-vector product");
    demand(entropy() == entropy() && divergence(other) == divergence(other) && fisher() == fisher(),
           "same inputs give the same bits", "a function of the distribution differs");
  }
}

}  // namespace seedbed::contract
