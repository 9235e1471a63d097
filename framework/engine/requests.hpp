#pragma once
#include <cstdint>
#include <vector>

#include "engine/decision_problem.hpp"
#include "engine/splice.hpp"

namespace seedbed {

/// A request as the engine keeps it (plugin.h, seedbed_request); plugins do not splice.
struct Request {
  std::vector<double> theta;
  std::uint64_t episodes = 0, first_noise = 0;
  std::uint32_t transform = SEEDBED_PLAIN;
  std::vector<double> start, start_observation;  ///< rows x episodes; empty: reset
  Splice splice{};

  bool antithetic() const { return transform == SEEDBED_ANTITHETIC; }
};

/// What `estimator` plans under theta with these numbers (plan_uniforms and plan_normals of them).
/// Throws Error (exit 1) when it plans nothing, or something that the engine refuses.
std::vector<Request> planned_requests(const Instance& estimator, const DecisionProblem& problem,
                                      const std::vector<double>& theta,
                                      const std::vector<double>& state,
                                      const std::vector<double>& uniform,
                                      const std::vector<double>& normal);

}  // namespace seedbed
