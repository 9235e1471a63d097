#include "engine/requests.hpp"

#include "engine/call.hpp"

namespace seedbed {

namespace {

constexpr std::size_t most_requests = std::size_t{1} << 20;  // a plan without end is refused

/// The receiving end of seedbed_plan.
struct Requests : seedbed_plan {
  Requests(const DecisionProblem& problem_, const std::vector<double>& theta_)
      : seedbed_plan{[](seedbed_plan* self, const seedbed_request* order) {
          return static_cast<Requests*>(self)->add(*order);
        }},
        problem(problem_),
        theta(theta_) {}

  std::int32_t add(const seedbed_request& r) {
    if (list.size() == most_requests)
      refusal = "expected at most " + std::to_string(most_requests) + " requests, got more";
    else if (r.first_noise + r.episodes > (std::uint64_t{1} << 32))
      refusal = "expected noise names below 2^32, got " + std::to_string(r.first_noise) + " and " +
                std::to_string(r.episodes) + " episodes";
    else if (r.transform > SEEDBED_ANTITHETIC)
      refusal = "expected a transform of ABI 1, got " + std::to_string(r.transform);
    if (!refusal.empty()) return SEEDBED_ERROR;
    Request kept{theta, r.episodes, r.first_noise, r.transform, {}, {}};
    if (r.theta) kept.theta.assign(r.theta, r.theta + theta.size());
    const auto copy = [&](const double* rows, std::size_t count, std::vector<double>& target) {
      for (std::size_t i = 0; i < count; ++i)
        target.insert(target.end(), rows + i * r.start_stride,
                      rows + i * r.start_stride + r.episodes);
    };
    if (r.start) {
      copy(r.start, problem.environment_info().state_size, kept.start);
      copy(r.start_observation, problem.environment_info().observation->size,
           kept.start_observation);
    }
    list.push_back(std::move(kept));
    return SEEDBED_OK;
  }

  const DecisionProblem& problem;
  const std::vector<double>& theta;
  std::vector<Request> list;
  std::string refusal;  ///< Of the first request that was not taken.
};

}  // namespace

std::vector<Request> planned_requests(const Instance& estimator, const DecisionProblem& problem,
                                      const std::vector<double>& theta,
                                      const std::vector<double>& state,
                                      const std::vector<double>& uniform,
                                      const std::vector<double>& normal) {
  Requests requests(problem, theta);
  call(estimator, "plan", [&](seedbed_message* message) {
    const std::int32_t status = estimator.functions<seedbed_estimator>().plan(
        estimator.self(), theta.data(), state.data(), uniform.data(), normal.data(), &requests,
        message);
    return requests.refusal.empty() ? status : SEEDBED_OK;
  });
  if (!requests.refusal.empty()) throw call_error(requests.refusal);
  if (requests.list.empty()) throw call_error("expected requests, got none");
  return std::move(requests.list);
}

}  // namespace seedbed
