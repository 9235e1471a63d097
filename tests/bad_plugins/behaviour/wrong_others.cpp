#include <algorithm>
#include <seedbed/baseline.hpp>
#include <seedbed/estimator.hpp>
#include <seedbed/optimizer.hpp>

using namespace seedbed;

/// Estimators, baselines and optimizers with one fault each. check_test.py shows which case of
/// `seedbed check` catches which.
namespace {

///   ĝ = 2/N Σ_i Σ_t ψ_t γᵗ G_t, declared unbiased
struct Twice {
  static constexpr Info info{"wrong-twice", "1.0.0", "Wrong on purpose", "none"};
  Twice(const Values&, const Context&) {}
  void describe(EstimatorInfo& about) const { about.bias = SEEDBED_UNBIASED; }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    double* weight = scratch.take(batch.samples());
    for (Trajectory tau : batch) {
      double R = 0.0, power = 1.0;
      for (std::int64_t t = 0; t < tau.length(); ++t, power *= batch.discount())
        R += power * tau.reward(t);
      for (std::int64_t t = 0; t < tau.length(); ++t) weight[tau.sample(t)] = 2.0 * R;
    }
    pi.score(batch, weight, g);
  }
};

/// The right weights, taken from the order in memory: trajectory i is not the i-th there.
struct Stored {
  static constexpr Info info{"wrong-stored", "1.0.0", "Wrong on purpose", "none"};
  Stored(const Values&, const Context&) {}
  void describe(EstimatorInfo& about) const { about.bias = SEEDBED_BIASED; }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    double* weight = scratch.take(batch.samples());
    for (std::size_t j = 0; j < batch.samples(); ++j) weight[j] = static_cast<double>(j);
    pi.score(batch, weight, g);
  }
};

/// The weights that it says it has are 1, those of its estimate 2.
struct Contradictory {
  static constexpr Info info{"wrong-contradictory", "1.0.0", "Wrong on purpose", "none"};
  Contradictory(const Values&, const Context&) {}
  void describe(EstimatorInfo& about) const { about.bias = SEEDBED_BIASED; }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    double* weight = scratch.take(batch.samples());
    std::fill_n(weight, batch.samples(), 2.0);
    pi.score(batch, weight, g);
  }
  static std::int32_t ones(const void*, const seedbed_batch* batch, const double*, const double*,
                           double* weight, seedbed_scratch*, seedbed_message*) {
    std::fill_n(weight, batch->samples, 1.0);
    return SEEDBED_OK;
  }
  static constexpr seedbed_estimator_weights all_ones{ones};
  static constexpr seedbed_capability capabilities[] = {{SEEDBED_ESTIMATOR_WEIGHTS, &all_ones}};
};

/// Says that b_i is made of the others, and is the mean of all.
struct Peeks {
  static constexpr Info info{"wrong-peeks", "1.0.0", "Wrong on purpose", "none"};
  Peeks(const Values&, const Context&) {}
  void describe(std::size_t, BaselineInfo& about) const {
    about.dependence = SEEDBED_OTHER_TRAJECTORIES;
  }
  void values(const Batch&, const seedbed_targets& targets, const double*, double* b,
              Scratch&) const {
    double sum = 0.0;
    for (std::size_t j = 0; j < targets.count; ++j) sum += targets.value[j];
    std::fill_n(b, targets.count, sum / static_cast<double>(targets.count));
  }
};

/// One number more than d.
struct Beyond {
  static constexpr Info info{"wrong-beyond", "1.0.0", "Wrong on purpose", "none"};
  Beyond(const Values&, const Context&) {}
  std::size_t state_size(std::size_t) const { return 0; }
  void step(std::size_t d, const double* gradient, double* theta, double*) const {
    for (std::size_t j = 0; j < d; ++j) theta[j] += gradient[j];
    theta[d] = 0.0;
  }
};

///   θ ← θ + g / |g|, 0/0 where g = 0
struct Unit {
  static constexpr Info info{"wrong-unit", "1.0.0", "Wrong on purpose", "none"};
  Unit(const Values&, const Context&) {}
  std::size_t state_size(std::size_t) const { return 0; }
  void step(std::size_t d, const double* gradient, double* theta, double*) const {
    double most = 0.0;
    for (std::size_t j = 0; j < d; ++j) most = std::max(most, gradient[j] * gradient[j]);
    for (std::size_t j = 0; j < d; ++j) theta[j] += gradient[j] / most;
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Twice>, estimator<Stored>, estimator<Contradictory>, baseline<Peeks>,
               optimizer<Beyond>, optimizer<Unit>)
