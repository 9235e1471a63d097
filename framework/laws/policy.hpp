#pragma once
#include <seedbed/policy_under.hpp>

#include "engine/instance.hpp"
#include "laws/block.hpp"
#include "laws/law.hpp"

namespace seedbed::contract {

/// A policy and what it was created with; tried on 96 states at theta_0 + scale * N(0, 1).
struct PolicyTrial {
  const Instance& policy;
  seedbed_context context;
  std::uint64_t seed = 5;
};

/// What every policy keeps, law by law: blocks that tile theta, finite numbers at theta of every
/// scale and on huge and tiny observations, actions in their space, the log pi of act that of
/// log_prob, purity, and the laws of the score: central differences of log_prob, sums, segments.
const Laws<PolicyTrial>& policy_laws();
/// The same with what its action space and its capabilities promise.
Laws<PolicyTrial> policy_laws(const Plugin& plugin, const seedbed_context& context);
/// All of them. Throws Error "law '<law>': ..." at the first that is broken.
void policy_laws(const Instance& policy, const seedbed_context& context);
/// The numbers of act, log_prob and score as text: equal in another process.
std::string fingerprint(const PolicyTrial& trial);

/// n states with the actions taken there.
struct Acted {
  std::vector<std::int64_t> t;
  Block observation, action, log_prob;
};
using Theta = std::vector<double>;

/// What act is called with.
struct Situation {
  std::vector<std::int64_t> t;
  Block observation, uniform, normal;
};
Situation ordinary_situation(const PolicyTrial& trial);
/// Observations at their bounds, 0, tiny and huge.
Situation nasty_situation(const PolicyTrial& trial);
Theta theta_of(const PolicyTrial& trial, double scale);
/// 0, 1e-3, 1 and 30; the last only where nothing is lost to rounding: see policy_laws.cpp.
std::vector<double> exact_scales(const PolicyTrial& trial);

/// Laws of the score (score.cpp) and of distributions (distribution.cpp).
const Laws<PolicyTrial>& score_laws();
const Laws<PolicyTrial>& enumeration_laws();  ///< for enumerable policies
const Laws<PolicyTrial>& density_laws();      ///< for one action in a box
/// pull_back and pull_back_to_theta are central differences of act (1e-6), and pure.
void policy_pathwise_laws(const PolicyTrial& trial);
/// Entropy, divergence and Fisher-vector product are sums over actions, or Gauss-Hermite sums of a
/// Gaussian policy of up to 4 numbers, of log_prob and score (1e-10).
void policy_distribution_laws(const PolicyTrial& trial);
/// What is prepared for a theta gives the bits of the policy under it.
void policy_prepared_laws(const PolicyTrial& trial);

/// Runs of samples.
struct Runs {
  std::vector<std::uint64_t> begin, length;
};

/// Whose functions are called: a policy's own, or those that it prepared for a theta.
struct Callee {
  const Instance& policy;
  const seedbed_policy& functions;
  const void* self;

  Callee(const Instance& own)
      : policy(own), functions(own.functions<seedbed_policy>()), self(own.self()) {}
  Callee(const Instance& of, const PolicyUnder& under)
      : policy(of), functions(under.functions()), self(under.self()) {}
};

seedbed_policy_info describe_policy(const Instance& policy);
/// Calls that check that inputs and guards are not written.
Acted act(const Callee& policy, std::size_t actions, const Theta& theta, const Situation& situation,
          double scratch = nan);
Acted act(const PolicyTrial& trial, const Theta& theta, const Situation& situation,
          double scratch = nan);
std::vector<double> log_prob(const Callee& policy, const Theta& theta, const Acted& acted);
/// G[weights.rows()][runs][d]
std::vector<double> score(const Callee& policy, const Theta& theta, const Acted& acted,
                          const Block& weights, const Runs& runs);
/// psi[j][d], each sample a segment.
std::vector<double> single_scores(const Instance& policy, const Theta& theta, const Acted& acted);

Acted columns(const Acted& all, const std::vector<std::size_t>& which);
Situation columns(const Situation& all, const std::vector<std::size_t>& which);

}  // namespace seedbed::contract
