#pragma once
#include <functional>

#include "engine/requests.hpp"
#include "oracle/noise_tree.hpp"

namespace seedbed {

/// Hands every batch that the requests can bring to `visit`, with its probability: episodes under
/// one noise name fall together, those under different names do not. `left` is lowered by one for
/// every batch and by four for every case of a name; false, and nothing was visited, when it does
/// not suffice. Throws Error when a request starts elsewhere than the environment's reset.
bool for_each_batch(NoiseTree& tree, const DecisionProblem& problem,
                    const std::vector<Request>& requests, std::size_t& left,
                    const std::function<void(const seedbed_batch&, double probability)>& visit);

}  // namespace seedbed
