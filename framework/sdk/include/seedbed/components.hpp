#pragma once
#include <algorithm>
#include <seedbed/entry.hpp>
#include <seedbed/even_weights.hpp>
#include <seedbed/policy_under.hpp>
#include <seedbed/targets.hpp>

/// Other plugins in an estimator's hands: the baseline that it was given, the policy of the batch,
/// and where its results go.
namespace seedbed {

/// Throws the component's message. `who` names it: "baseline 'constant'".
inline void must(int32_t status, const seedbed_component& who, const seedbed_message& message) {
  if (status == SEEDBED_OK) return;
  throw Error(std::string("'") + who.descriptor->name + "': " + message.text, Exit::plugin);
}

/// A baseline, or none: b = 0.
class Baseline {
 public:
  /// `steps` bounds the targets' step index: 1 for whole returns, else the horizon.
  Baseline(const seedbed_component* component, std::size_t steps)
      : component_(component), steps_(steps) {
    if (component_) functions().describe(component_->self, steps_, &info_);
  }

  bool is_none() const { return !component_; }
  std::uint32_t dependence() const { return info_.dependence; }
  std::size_t state_size() const { return info_.state_size; }
  /// The class of an estimator that is unbiased for every b that this batch's own trajectory does
  /// not enter.
  std::uint32_t bias() const {
    return info_.dependence == SEEDBED_THIS_BATCH ? SEEDBED_BIASED : SEEDBED_UNBIASED;
  }
  /// What b's own share of each whole return leaves out of the gradient: -1/N of a mean of N.
  double relative_bias() const { return -info_.own_share; }
  std::uint32_t coupling() const {
    return info_.dependence >= SEEDBED_OTHER_TRAJECTORIES ? SEEDBED_U_STATISTIC
                                                          : SEEDBED_INDEPENDENT;
  }

  void begin(double* state) const {
    seedbed_message message{};
    if (component_ && functions().begin)
      must(functions().begin(component_->self, steps_, state, &message), *component_, message);
  }
  /// b, one per target; in the scratch.
  const double* values(const Batch& batch, const Targets& targets, const double* state,
                       Scratch& scratch) const {
    double* b = scratch.take(targets.count());
    seedbed_message message{};
    if (component_)
      must(functions().values(component_->self, &batch.raw(), &targets.raw(), state, b, nullptr,
                              scratch.raw(), &message),
           *component_, message);
    else
      std::fill_n(b, targets.count(), 0.0);
    return b;
  }
  bool commits() const { return component_ && functions().commit; }  ///< whether it keeps a state
  void commit(const Batch& batch, const Targets& targets, double* state, Scratch& scratch) const {
    seedbed_message message{};
    if (commits())
      must(functions().commit(component_->self, &batch.raw(), &targets.raw(), state, scratch.raw(),
                              &message),
           *component_, message);
  }

 private:
  const seedbed_baseline& functions() const {
    return *static_cast<const seedbed_baseline*>(component_->functions);
  }

  const seedbed_component* component_;
  std::size_t steps_;
  seedbed_baseline_info info_{};
};

/// Where an estimate goes.
class Gradient {
 public:
  Gradient(seedbed_results* results, std::size_t parameters)
      : results_(results), parameters_(parameters) {}
  std::size_t parameters() const { return parameters_; }  ///< d
  /// g is [count][d]: the contributions of the units first .. first+count-1, in order.
  void contribute(std::size_t first, std::size_t count, const double* g) {
    results_->contribute(results_, first, count, g);
  }
  /// For an estimator whose gradient is not the mean of its contributions.
  void set(const double* gradient) { results_->set_gradient(results_, gradient); }
  void diagnose(const char* name, double value) { results_->diagnose(results_, name, value); }

 private:
  seedbed_results* results_;
  std::size_t parameters_;
};

/// Trajectories whose contributions of d numbers are made at once: about 128 KiB of them, so that
/// those of eight weightings stay in L2; four by four, as moments take them.
constexpr std::size_t trajectories_of_a_block(std::size_t d) {
  constexpr std::size_t numbers = 1 << 14;
  const std::size_t fours = (numbers / d + 3) / 4;
  return fours > 0 ? 4 * fours : 1;
}

/// The policy that acted, at the current theta.
class Policy {
 public:
  Policy(const seedbed_batch& batch, const double* theta, Scratch& scratch)
      : component_(batch.policy), theta_(theta), scratch_(&scratch), under_(*batch.policy) {
    seedbed_policy_info info{};
    static_cast<const seedbed_policy*>(component_->functions)->describe(component_->self, &info);
    parameters_ = info.parameters;
    seedbed_message message{};
    must(under_.prepare(theta, scratch.take(under_.size()), &message), *component_, message);
  }
  std::size_t parameters() const { return parameters_; }  ///< d
  const double* theta() const { return theta_; }

  /// g_i = sum_t w(i, t) psi_t for each trajectory, handed to `gradient` in blocks of trajectories,
  /// so that N x d numbers never stand in memory. weight: one per sample;
  /// overwritten (even_weights.hpp).
  void score(const Batch& batch, double* weight, Gradient& gradient) const {
    const std::size_t N = batch.episodes(), d = parameters_;
    const std::size_t block = std::min(trajectories_of_a_block(d), N);
    double *g = scratch_->take(block * d), *factor = scratch_->take(N);
    for (Trajectory tau : batch)
      factor[tau.index()] =
          factor_out(weight + tau.sample(0), static_cast<std::size_t>(tau.length())).value_or(1.0);
    for (std::size_t first = 0; first < N; first += block) {
      const std::size_t count = std::min(block, N - first);
      score_sums(batch, 1, In(weight, 0), first, count, g);
      for (std::size_t i = 0; i < count; ++i)
        if (const double w = factor[first + i]; w != 1.0)
          for (std::size_t j = i * d; j < (i + 1) * d; ++j) g[j] *= w;
      gradient.contribute(first, count, g);
    }
  }

  /// log pi_theta(a|s) of every sample.
  void log_prob(const Batch& batch, double* log_prob) const {
    const seedbed_batch& b = batch.raw();
    seedbed_message message{};
    const std::uint64_t mark = scratch_->mark();
    must(under_.functions().log_prob(under_.self(), theta_, b.samples, b.t, b.observation, b.action,
                                     log_prob, scratch_->raw(), &message),
         *component_, message);
    scratch_->release(mark);
  }

  /// G[k][count][d] of the trajectories first .. first+count-1, for k weightings at once.
  void score_sums(const Batch& batch, std::size_t weightings, In weights, std::size_t first,
                  std::size_t count, double* G) const {
    const seedbed_batch& b = batch.raw();
    const seedbed_segments segments{count, b.begin + first, b.length + first};
    seedbed_message message{};
    const std::uint64_t mark = scratch_->mark();
    must(under_.functions().score(under_.self(), theta_, b.samples, b.t, b.observation, b.action,
                                  weightings, weights, &segments, G, scratch_->raw(), &message),
         *component_, message);
    scratch_->release(mark);
  }

 private:
  const seedbed_component* component_;
  const double* theta_;
  Scratch* scratch_;
  PolicyUnder under_;
  std::size_t parameters_ = 0;
};

}  // namespace seedbed
