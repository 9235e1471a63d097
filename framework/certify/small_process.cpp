#include "certify/small_process.hpp"

#include "engine/call.hpp"
#include "oracle/enumeration.hpp"

namespace seedbed {

namespace {

Configuration only_cell(const Suite& suite) {
  if (suite.stages.size() != 1 || suite.stages[0].kind != StageKind::gradient ||
      suite.stages[0].cells.size() != 1)
    throw Error(suite.title + ": expected a suite with one gradient stage and no sweep");
  const Configuration& configuration = suite.stages[0].cells[0].configuration;
  if (configuration.theta.empty()) throw Error(suite.title + ": expected a theta");
  return configuration;
}

}  // namespace

SmallProcess::SmallProcess(const Suite& suite)
    : configuration_(only_cell(suite)),
      problem_(configuration_),
      estimator_(configuration_.estimators.at(0), problem_),
      largest_N_(configuration_.episodes),
      theta_(configuration_.theta) {}

Certificate SmallProcess::certify(std::size_t N, const std::vector<double>& state) {
  const FiniteProcess process(problem_.environment(), problem_.policy(), problem_.objective(),
                              theta_, arena_);
  return seedbed::certify(estimator_.instance, process, N, state, arena_);
}

Certificate SmallProcess::certify_at(const std::vector<double>& theta, std::size_t N) {
  const FiniteProcess process(problem_.environment(), problem_.policy(), problem_.objective(),
                              theta, arena_);
  return seedbed::certify(estimator_.instance, process, N, estimator_.state, arena_);
}

std::vector<double> SmallProcess::later_state() {
  const FiniteProcess process(problem_.environment(), problem_.policy(), problem_.objective(),
                              theta_, arena_);
  std::vector<double> state = estimator_.state;
  const auto& functions = estimator_.instance.functions<seedbed_estimator>();
  bool first = true;
  for_each_batch(process, 1, [&](const seedbed_batch& batch, double) {
    if (first && functions.commit)
      call(estimator_.instance, "commit", [&](seedbed_message* message) {
        return functions.commit(estimator_.instance.self(), &batch, theta_.data(), state.data(),
                                arena_.fresh(), message);
      });
    first = false;
  });
  return state;
}

}  // namespace seedbed
