#include "engine/sampler.hpp"

#include "engine/call.hpp"
#include "engine/requests.hpp"

namespace seedbed {

EstimatorInUse::EstimatorInUse(const Setting& setting, const DecisionProblem& problem)
    : instance(setting, problem.context()), info(described<seedbed_estimator>(instance)) {
  const auto& functions = instance.functions<seedbed_estimator>();
  state.assign(info.state_size, 0.0);
  if (functions.begin)
    call(instance, "begin", [&](seedbed_message* message) {
      return functions.begin(instance.self(), state.data(), message);
    });
}

std::string refuses_pairs(const Instance& estimator) {
  const auto info = described<seedbed_estimator>(estimator);
  const bool leaves_out = info.bias == SEEDBED_UNBIASED && info.coupling == SEEDBED_U_STATISTIC;
  if (!leaves_out || estimator.functions<seedbed_estimator>().plan) return "";
  return estimator.plugin().title() +
         ": expected independent trajectories, which a baseline of the others needs, got "
         "antithetic pairs";
}

Sampler::Sampler(const DecisionProblem& problem, std::uint64_t episodes, std::uint32_t needs,
                 bool antithetic)
    : problem_(problem),
      episodes_(episodes),
      antithetic_(antithetic),
      rollout_(problem, needs),
      recordings_(rollout_.shape()) {
  if (antithetic && episodes % 2 != 0)
    throw Error("antithetic: expected an even number of episodes, got " + std::to_string(episodes));
}

seedbed_batch Sampler::sample(const EstimatorInUse& estimator, const std::vector<double>& theta,
                              const Noise& noise, std::uint32_t iteration) {
  call_record().iteration = iteration;
  Recording& recording = recordings_.next();
  rollout_.run(plan(estimator, theta, noise, iteration), noise, iteration, recording, arena_);
  return recording.view();
}

Estimate Sampler::estimate(EstimatorInUse& estimator, const seedbed_batch& batch,
                           const std::vector<double>& theta, bool keep_contributions) {
  Estimate result = seedbed::estimate(estimator.instance, batch, theta, estimator.state,
                                      keep_contributions, arena_);
  commit(estimator, batch, theta);
  return result;
}

std::vector<Estimate> Sampler::estimates(const std::vector<Weigher>& weighers,
                                         const seedbed_batch& batch,
                                         const std::vector<double>& theta) {
  std::vector<Weighting> weightings;
  for (const auto& [estimator, keep_contributions] : weighers)
    weightings.push_back({estimator.instance, estimator.state, keep_contributions});
  auto result = scores_.estimates(weightings, problem_.policy(), batch, theta, arena_);
  for (const Weigher& weigher : weighers) commit(weigher.estimator, batch, theta);
  return result;
}

void Sampler::commit(EstimatorInUse& estimator, const seedbed_batch& batch,
                     const std::vector<double>& theta) {
  const auto& functions = estimator.instance.functions<seedbed_estimator>();
  if (!functions.commit) return;
  call(estimator.instance, "commit", [&](seedbed_message* message) {
    return functions.commit(estimator.instance.self(), &batch, theta.data(), estimator.state.data(),
                            arena_.fresh(), message);
  });
}

std::vector<Request> Sampler::plan(const EstimatorInUse& estimator,
                                   const std::vector<double>& theta, const Noise& noise,
                                   std::uint32_t iteration) const {
  if (antithetic_)
    if (const std::string why = refuses_pairs(estimator.instance); !why.empty()) throw Error(why);
  if (!estimator.plans()) return plain(theta);
  std::vector<double> uniform(estimator.info.plan_uniforms), normal(estimator.info.plan_normals);
  noise.sequence(Purpose::estimator_plan, iteration, uniform, normal);
  return planned_requests(estimator.instance, problem_, theta, estimator.state, uniform, normal);
}

/// N episodes under theta, or N/2 pairs: two requests with the same noise names.
std::vector<Request> Sampler::plain(const std::vector<double>& theta) const {
  if (!antithetic_) return {Request{theta, episodes_, 0, SEEDBED_PLAIN, {}, {}}};
  return {Request{theta, episodes_ / 2, 0, SEEDBED_PLAIN, {}, {}},
          Request{theta, episodes_ / 2, 0, SEEDBED_ANTITHETIC, {}, {}}};
}

std::vector<double> initial_theta(const DecisionProblem& problem, const std::vector<double>& given,
                                  const Noise& noise) {
  if (!given.empty()) return given;
  const auto& info = problem.policy_info();
  std::vector<double> theta(info.parameters), uniform(info.init_uniforms),
      normal(info.init_normals);
  noise.sequence(Purpose::initial_parameters, 0, uniform, normal);
  call(problem.policy(), "init", [&](seedbed_message* message) {
    return problem.policy().functions<seedbed_policy>().init(
        problem.policy().self(), uniform.data(), normal.data(), theta.data(), message);
  });
  return theta;
}

}  // namespace seedbed
