#include <cmath>

#include "diagnostics/gradient_sample.hpp"
#include "engine/gradient_study.hpp"
#include "engine/monte_carlo_reference.hpp"
#include "engine/statistics.hpp"
#include "oracle/exact.hpp"
#include "oracle/formula_variance.hpp"
#include "runner/continuation.hpp"
#include "runner/gradient_record.hpp"
#include "runner/layout.hpp"
#include "runner/recorded_episodes.hpp"
#include "runner/replicate.hpp"
#include "runner/variance_sources.hpp"

namespace seedbed {

namespace {

constexpr Declaration time_of_batches[] = {
    {"/timing/iteration", "iteration", "1", "iteration"},
    {"/timing/wall_seconds", "iteration", "s", "wall time of the batch"},
    {"/timing/cpu_seconds", "iteration", "s", "processor time of the batch"}};

/// What M batches of every estimator add up to.
class Gathered {
 public:
  /// An estimator of something else than grad J is compared with nothing.
  Gathered(const GradientStudy& study, const Reference& reference)
      : env_steps_(study.estimators(), 0), seconds_(study.estimators(), 0.0) {
    const Reference none = Reference::none(reference.gradient.size());
    for (std::size_t e = 0; e < study.estimators(); ++e)
      samples_.emplace_back(study.info(e).estimand == SEEDBED_GRADIENT_OF_J ? reference : none);
  }

  void add(std::uint64_t batch, const GradientStudy& study) {
    for (std::size_t e = 0; e < samples_.size(); ++e) {
      const Evaluation& now = study.evaluations()[e];
      const auto said = now.estimate.diagnostics.find("effective_sample_size");
      samples_[e].add({now.estimate.gradient, now.estimate.units, now.variance_within,
                       said == now.estimate.diagnostics.end() ? Measured::none : said->second});
      env_steps_[e] += now.env_steps;
      if (!std::isnan(now.seconds)) seconds_[e] += now.seconds;
    }
    if (!std::isnan(study.evaluations()[0].seconds)) ++timed_;
    if (!std::isnan(study.entropy())) entropy_.add(batch, study.entropy());
  }

  void write(GradientRecord& record, const ScoreCovariance& scores) const {
    std::vector<Diagnosis> diagnoses;
    for (const GradientSample& sample : samples_) diagnoses.push_back(sample.diagnose());
    record.diagnoses(diagnoses);
    std::vector<double> seconds = seconds_;
    for (double& mean : seconds) mean /= static_cast<double>(timed_);
    record.costs(diagnoses, env_steps_, seconds);
    record.policy(entropy_.measured(), scores);
  }

  template <class Visitor>
  void members(Visitor& visit) {
    visit("sample", samples_);
    visit("entropy", entropy_);
    visit("env_steps", env_steps_);
    visit("seconds", seconds_);
    visit("timed", timed_);
  }

 private:
  std::vector<GradientSample> samples_;
  BlockedMean entropy_;
  std::vector<std::uint64_t> env_steps_;
  std::vector<double> seconds_;  ///< of the batches that were timed
  std::uint64_t timed_ = 0;
};

void name_dimensions(const Configuration& c, const DecisionProblem& p, RunFile& file) {
  const std::vector<std::string> parameters = parameter_names(p.policy_info());
  file.record_policy(parameters);
  GradientRecord(file.writer(), c).dimensions(parameters);
  if (c.record.trajectories) declare_episodes(file, p);
}

/// All that goes from one batch to the next: first those of a reference by Monte Carlo, where no
/// oracle knows it, then the study's.
struct GradientProgress {
  MonteCarloReference reference;
  GradientStudy& study;
  Gathered gathered;
  std::uint64_t batches = 0;

  std::int64_t done() const { return static_cast<std::int64_t>(reference.batches() + batches); }
  template <class Visitor>
  void members(Visitor& visit) {
    visit("reference", reference);
    visit("study", study);
    visit("gathered", gathered);
    visit("batches", batches);
  }
};

/// Of a batch of N independent trajectories, by the formulas that estimators say they have.
std::vector<double> exact_variances(GradientStudy& study, const Configuration& c) {
  std::vector<std::uint32_t> formulas;
  for (std::size_t e = 0; e < study.estimators(); ++e) {
    const Instance& estimator = study.estimator_in_use(e).instance;
    const auto* said = static_cast<const seedbed_estimator_formula*>(
        estimator.plugin().capability(SEEDBED_ESTIMATOR_FORMULA));
    formulas.push_back(said && !c.antithetic ? said->formula(estimator.self())
                                             : std::uint32_t{SEEDBED_FORMULA_OTHER});
  }
  auto variances = formula_variances(study.problem(), study.theta(), formulas, study.arena());
  for (double& variance : variances) variance /= static_cast<double>(c.episodes);
  return variances;
}

void step(GradientProgress& now, const Configuration& c, RunFile& file, Series& timing) {
  const Stopwatch watch;
  const std::uint64_t i = now.batches++;
  now.study.step(i);
  now.gathered.add(i, now.study);
  const seedbed_batch& batch = now.study.batch();
  if (c.record.trajectories && i % c.record.trajectories == 0)
    record_episodes(file, static_cast<std::int64_t>(i),
                    {batch, returns_of(batch), now.study.hold_batch()});
  timing.append(static_cast<std::int64_t>(i), std::vector<double>{watch.wall(), watch.cpu()});
}

}  // namespace

Declarations batch_timing() {
  return time_of_batches;
}

Ending run_gradient(const Replicate& replicate, RunFile& file) {
  const Configuration c = replicate.configuration();
  const Noise noise = noise_of(replicate);
  GradientStudy study(c, noise);
  const DecisionProblem& p = study.problem();
  name_dimensions(c, p, file);
  const auto truth = exact(p.environment(), p.policy(), c.objective.horizon, c.objective.discount,
                           study.theta(), study.arena());
  Series& timing = file.series(batch_timing());
  Reference reference =
      truth ? Reference::exact(truth->gradient) : Reference::none(study.theta().size());
  GradientProgress now{{p, c, study.theta(), noise}, study, {study, reference}};
  Continuation continuation(file, replicate.checkpoint_every);
  continuation.take_up(now);
  if (now.done() == 0) file.append_checkpoint(replicate.checkpoint(), study.theta());
  while (!truth && !now.reference.is_done()) {
    if (continuation.pauses(now)) return Ending::stopped;
    now.reference.step();
  }
  if (!truth) reference = now.reference.result();
  if (now.batches == 0) now.gathered = {study, reference};
  while (now.batches < c.iterations) {
    if (continuation.pauses(now)) return Ending::stopped;
    step(now, c, file, timing);
  }
  if (c.sources && continuation.pauses(now)) return Ending::stopped;  // they start over otherwise
  GradientRecord record(file.writer(), c);
  record.reference(reference);
  if (truth) {
    file.writer().attribute("/gradient", "J", truth->J);
    record.exact_variances(exact_variances(study, c));
  }
  now.gathered.write(record, study.scores());
  write_variance_sources(file.writer(), study, c.sources, noise);
  return continuation.finish(now, "done");
}

}  // namespace seedbed
