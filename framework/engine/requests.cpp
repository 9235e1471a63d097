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
    endless = endless || list.size() == most_requests;
    if (endless) return SEEDBED_ERROR;
    if (r.first_noise + r.episodes > (std::uint64_t{1} << 32) || r.transform > SEEDBED_ANTITHETIC)
      return SEEDBED_ERROR;
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
  bool endless = false;
};

}  // namespace

std::vector<Request> planned_requests(const Instance& estimator, const DecisionProblem& problem,
                                      const std::vector<double>& theta,
                                      const std::vector<double>& state,
                                      const std::vector<double>& uniform,
                                      const std::vector<double>& normal) {
  Requests requests(problem, theta);
  call(estimator, "plan", [&](seedbed_message* message) {
    return estimator.functions<seedbed_estimator>().plan(estimator.self(), theta.data(),
                                                         state.data(), uniform.data(),
                                                         normal.data(), &requests, message);
  });
  if (requests.list.empty()) throw call_error("expected requests, got none");
  if (requests.endless)
    throw call_error("expected at most " + std::to_string(most_requests) + " requests, got more");
  return std::move(requests.list);
}

}  // namespace seedbed
