#include "runner/variance_sources.hpp"

#include <cmath>

#include "engine/variance_restarts.hpp"

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
  w.scale("/gradient/source", labels, {"1", "draw that moves the contribution of a trajectory"});
  const Dimensions each{"estimator", "source"};
  w.put("/gradient/source_variance", each, variance,
        {"reward2", "part of the variance trace of one contribution; NaN where it has no parts"});
  w.put("/gradient/source_variance_se", each, error, {"reward2", "standard error of the part"});
  w.put("/gradient/source_total", {"estimator"}, total,
        {"reward2", "variance trace of one contribution"});
}

}  // namespace seedbed
