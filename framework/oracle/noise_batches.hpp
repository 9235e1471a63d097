#pragma once
#include <functional>

#include "engine/requests.hpp"
#include "oracle/noise_tree.hpp"

namespace seedbed {

/// Hands every batch that the requests can bring to `visit`, with its probability: episodes under
/// one noise name fall together, those under different names do not. False, and nothing was visited,
/// when there are more than `most` batches. Throws Error when a request starts elsewhere than the
/// environment's reset.
bool for_each_batch(NoiseTree& tree, const DecisionProblem& problem,
                    const std::vector<Request>& requests, std::size_t most,
                    const std::function<void(const seedbed_batch&, double probability)>& visit);

}  // namespace seedbed
