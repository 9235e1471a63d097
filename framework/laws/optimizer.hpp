#pragma once
#include "engine/instance.hpp"
#include "laws/law.hpp"

namespace seedbed::contract {

/// An optimizer that was created for d parameters.
struct OptimizerTrial {
  const Instance& optimizer;
  std::size_t d;
  std::uint64_t seed = 1;
};

/// What every optimizer keeps on gradients of every size: finite theta, d numbers and its state
/// written and no more, the gradient left alone, the same bits for the same inputs.
const Laws<OptimizerTrial>& optimizer_laws();
/// theta after some steps as text: equal in another process.
std::string fingerprint(const OptimizerTrial& trial);

}  // namespace seedbed::contract
