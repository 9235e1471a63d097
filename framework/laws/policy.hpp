#pragma once
#include "laws/block.hpp"
#include "engine/instance.hpp"

namespace seedbed::contract {

/// What every policy keeps, at a theta away from its start, on 96 random states. Throws Error
/// "law '<law>': ..." at the first that it breaks:
///   blocks tile theta; init, act, log_prob and score are finite; actions lie in their space;
///   the log pi of act is that of log_prob; same inputs, permuted lanes, split batches: same bits;
///   score: see score_laws; and where they apply enumeration_laws and density_laws.
/// `context` as the instance was created with.
void policy_laws(const Instance& policy, const seedbed_context& context);

/// n states with the actions taken there.
struct Acted {
  std::vector<std::int64_t> t;
  Block observation, action, log_prob;
};
using Theta = std::vector<double>;

/// score agrees with central differences of log_prob (1e-7 relative, fourth order); a weighted sum
/// is the sum of single scores; several weightings at once, segments in another order, at another
/// place or alone give the same bits; an empty segment gives 0; nothing outside of segments is
/// read.
void score_laws(const Instance& policy, const Theta& theta, const Acted& acted);
/// For enumerable policies: the probabilities sum to 1, are those of log_prob, and E[score] = 0.
void enumeration_laws(const Instance& policy, const Theta& theta, const Acted& acted);
/// For one action in a box: the density integrates to 1, and so does E[score] to 0 (1e-8).
void density_laws(const Instance& policy, const Theta& theta, const Acted& acted);

/// Runs of samples.
struct Runs {
  std::vector<std::uint64_t> begin, length;
};

seedbed_policy_info describe_policy(const Instance& policy);
/// Calls that check that inputs and guards are not written.
std::vector<double> log_prob(const Instance& policy, const Theta& theta, const Acted& acted);
/// G[weights.rows()][runs][d]
std::vector<double> score(const Instance& policy, const Theta& theta, const Acted& acted,
                          const Block& weights, const Runs& runs);

}  // namespace seedbed::contract
