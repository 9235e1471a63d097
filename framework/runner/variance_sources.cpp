#include "runner/variance_sources.hpp"

#include <cmath>

#include "engine/variance_restarts.hpp"
#include "runner/layout.hpp"

namespace seedbed {

namespace {

void append(std::vector<double>& all, const std::vector<double>& some) {
  all.insert(all.end(), some.begin(), some.end());
}

}  // namespace

void write_variance_sources(Writer& w, const GradientStudy& study, std::uint64_t M,
                            const Noise& noise) {
  if (M == 0) return;
  const std::size_t estimators = study.estimators();
  const std::vector<std::string> labels = source_labels(study.problem().objective().horizon);
  std::vector<const EstimatorInUse*> split;
  for (std::size_t e = 0; e < estimators; ++e)
    if (refuses_split(study.estimator_in_use(e)).empty())
      split.push_back(&study.estimator_in_use(e));
  const std::vector<VarianceParts> measured =
      variance_by_restarts(study.problem(), study.theta(), split, M, noise);

  const std::vector<double> unknown(labels.size(), NAN);
  std::vector<double> variance, error, total;
  for (std::size_t e = 0, next = 0; e < estimators; ++e) {
    const bool known = next < split.size() && split[next] == &study.estimator_in_use(e);
    append(variance, known ? measured[next].variance : unknown);
    append(error, known ? measured[next].standard_error : unknown);
    total.push_back(known ? measured[next].total : NAN);
    if (known) ++next;
  }
  const Declared to(w, gradient_datasets());
  to.scale("/gradient/source", labels);
  to.put("/gradient/source_variance", variance);
  to.put("/gradient/source_variance_se", error);
  to.put("/gradient/source_total", total);
}

}  // namespace seedbed
