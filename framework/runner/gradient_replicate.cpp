#include <cmath>

#include "engine/call.hpp"
#include "engine/gradient_study.hpp"
#include "engine/statistics.hpp"
#include "oracle/exact.hpp"
#include "runner/replicate.hpp"

namespace seedbed {

namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t j = 0; j < a.size(); ++j) sum += a[j] * b[j];
  return sum;
}

/// What the gradients are compared with: exact; or the mean of the first estimator that claims to
/// be unbiased for grad J, with its standard error; or nothing.
struct Reference {
  std::string kind;
  std::vector<double> gradient, standard_error;
};

Reference reference_of(const std::optional<Exact>& truth, const GradientStudy& study) {
  if (truth) return {"exact", truth->gradient, std::vector<double>(truth->gradient.size(), 0.0)};
  for (std::size_t e = 0; e < study.moments().size(); ++e) {
    const auto info = described<seedbed_estimator>(study.estimator(e));
    if (info.bias != SEEDBED_UNBIASED || info.estimand != SEEDBED_GRADIENT_OF_J) continue;
    const Moments& m = study.moments()[e];
    const auto M = static_cast<double>(m.count);
    std::vector<double> se(m.mean.size(), NAN);
    for (std::size_t j = 0; j < se.size() && m.count > 1; ++j)
      se[j] = std::sqrt(m.m2[j] / (M - 1.0) / M);
    return {"monte-carlo", m.mean, se};
  }
  const std::vector<double> nothing(study.theta().size(), NAN);
  return {"none", nothing, nothing};
}

/// Per estimator, for the table: what M batches say against the reference.
struct Summary {
  std::vector<double> bias_norm, bias_noise, variance_trace, mse, snr;

  /// Bias and error of an estimator of something else than grad J are NaN.
  void add(const Moments& m, const Reference& reference, bool of_J) {
    const auto M = static_cast<double>(m.count);
    double bias = of_J ? 0.0 : NAN, trace = 0.0;
    for (std::size_t j = 0; j < m.mean.size(); ++j) {
      bias += (m.mean[j] - reference.gradient[j]) * (m.mean[j] - reference.gradient[j]);
      trace += m.count > 1 ? m.m2[j] / (M - 1.0) : NAN;
    }
    bias_norm.push_back(std::sqrt(bias));
    bias_noise.push_back(std::sqrt(trace / M));
    variance_trace.push_back(trace);
    mse.push_back(trace * (M - 1.0) / M + bias);
    snr.push_back(of_J ? dot(reference.gradient, reference.gradient) / trace : NAN);
  }
};

void write_moments(Writer& w, const GradientStudy& study) {
  std::vector<double> mean, variance, kurtosis;
  std::vector<std::int64_t> count, env_steps;
  for (const Moments& m : study.moments()) {
    const auto M = static_cast<double>(m.count);
    mean.insert(mean.end(), m.mean.begin(), m.mean.end());
    for (std::size_t j = 0; j < m.mean.size(); ++j) {
      variance.push_back(m.count > 1 ? m.m2[j] / (M - 1.0) : NAN);
      kurtosis.push_back(M * m.m4[j] / (m.m2[j] * m.m2[j]));
    }
    count.push_back(static_cast<std::int64_t>(m.count));
  }
  for (std::uint64_t steps : study.env_steps())
    env_steps.push_back(static_cast<std::int64_t>(steps));
  const Dimensions each{"estimator", "parameter"};
  w.put("/gradient/mean", each, mean, {"reward", "mean of the gradient estimates over batches"});
  w.put("/gradient/variance", each, variance,
        {"reward2", "variance of a batch's gradient estimate"});
  w.put("/gradient/kurtosis", each, kurtosis, {"1", "kurtosis of a batch's gradient estimate"});
  w.put("/gradient/count", {"estimator"}, count, {"1", "number of batches"});
  w.put("/gradient/env_steps", {"estimator"}, env_steps, {"steps", "environment steps in all"});
  w.show("/gradient", "mean", each);
}

void write_summary(Writer& w, const GradientStudy& study, const Reference& reference,
                   const std::optional<Exact>& truth, const std::vector<double>& cosine) {
  Summary s;
  for (std::size_t e = 0; e < study.moments().size(); ++e)
    s.add(study.moments()[e], reference,
          described<seedbed_estimator>(study.estimator(e)).estimand == SEEDBED_GRADIENT_OF_J);
  const Dimensions one{"estimator"};
  w.put("/gradient/reference", {"parameter"}, reference.gradient, {"reward", "reference gradient"});
  w.put("/gradient/reference_se", {"parameter"}, reference.standard_error,
        {"reward", "standard error of the reference; 0 when exact"});
  w.attribute("/gradient", "reference_kind", reference.kind);
  w.put("/gradient/bias_norm", one, s.bias_norm,
        {"reward", "norm of mean minus reference; NaN where the estimand is not grad J"});
  w.put("/gradient/bias_noise", one, s.bias_noise,
        {"reward", "bias norm that so many batches of an unbiased estimator show"});
  w.put("/gradient/variance_trace", one, s.variance_trace, {"reward2", "trace of the covariance"});
  w.put("/gradient/mse", one, s.mse, {"reward2", "mean squared distance to the reference"});
  w.put("/gradient/snr", one, s.snr, {"1", "squared norm of the reference over variance trace"});
  if (!truth) return;
  w.attribute("/gradient", "J", truth->J);
  w.put("/gradient/cosine", one, cosine,
        {"1", "mean cosine of a batch's gradient to the exact one"});
}

}  // namespace

void run_gradient(const Replicate& replicate, RunFile& file) {
  const Configuration& c = replicate.cell_of().configuration;
  GradientStudy study(c, noise_of(replicate));
  const DecisionProblem& p = study.problem();
  const auto truth = exact(p.environment(), p.policy(), c.objective.horizon, c.objective.discount,
                           study.theta(), study.arena());
  Writer& w = file.writer();
  const std::vector<std::string> parameters = parameter_names(p.policy_info());
  file.record_policy(parameters);
  file.append_checkpoint(0, study.theta());
  w.scale("/gradient/estimator", estimator_names(c), {"1", "estimator"});
  w.scale("/gradient/parameter", parameters, {"1", "component of theta"});
  if (c.record.trajectories)
    file.record_trajectories(component_names(*p.environment_info().observation),
                             component_names(*p.environment_info().action));
  Series& timing = file.series("/timing", "iteration",
                               {{"wall_seconds", "s", "wall time of the batch"},
                                {"cpu_seconds", "s", "processor time of the batch"}});
  std::vector<double> cosine(c.estimators.size(), 0.0);
  for (std::uint64_t i = 0; i < c.iterations; ++i) {
    const Stopwatch watch;
    study.step(i);
    for (std::size_t e = 0; truth && e < cosine.size(); ++e) {
      const std::vector<double>& g = study.gradients()[e];
      const double norms = std::sqrt(dot(g, g) * dot(truth->gradient, truth->gradient));
      cosine[e] +=
          (norms > 0.0 ? dot(g, truth->gradient) / norms : 0.0) / static_cast<double>(c.iterations);
    }
    if (c.record.trajectories && i % c.record.trajectories == 0)
      file.append_episodes(static_cast<std::int64_t>(i),
                           episodes_of(study.batch(), returns_of(study.batch())));
    timing.append(static_cast<std::int64_t>(i), std::vector<double>{watch.wall(), watch.cpu()});
  }
  write_moments(w, study);
  write_summary(w, study, reference_of(truth, study), truth, cosine);
  file.finish();
}

}  // namespace seedbed
