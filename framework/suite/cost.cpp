#include "suite/cost.hpp"

#include <algorithm>

#include "loader/registry.hpp"

namespace seedbed {
namespace {

bool plans(const Setting& estimator) {
  const auto* functions =
      static_cast<const seedbed_estimator*>(estimator.plugin->descriptor->functions);
  return functions->plan != nullptr;
}

bool has_model(const Setting& environment) {
  return environment.plugin->capability(SEEDBED_ENVIRONMENT_TABULAR) ||
         environment.plugin->capability(SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC);
}

}  // namespace

double nominal_cost(const Configuration& c) {
  const double H = static_cast<double>(c.objective.horizon), N = static_cast<double>(c.episodes);
  const double iterations = static_cast<double>(c.iterations);
  double batches = iterations;
  if (c.kind == StageKind::gradient) {
    batches *= 1.0 + static_cast<double>(std::ranges::count_if(c.estimators, plans));
    if (!has_model(c.environment))
      batches += std::min(iterations, static_cast<double>(c.reference_batches));
  }
  const double spliced = static_cast<double>(c.sources) * std::min(2.0 * H + 2.0, 50.0);
  return (batches * N + spliced) * H;
}

}  // namespace seedbed
