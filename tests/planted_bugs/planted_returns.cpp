#include <cmath>
#include <seedbed/estimator.hpp>

using namespace seedbed;

/// Whole-return estimators that are wrong on purpose, found in the wild. Each declares itself
/// unbiased; enumeration catches each.
namespace {

/// What the returns R_1 .. R_N of a batch make of the weight of trajectory i.
struct Returns {
  const double* R;
  std::size_t N;
  double sum() const {
    double total = 0.0;
    for (std::size_t i = 0; i < N; ++i) total += R[i];
    return total;
  }
};

///   w_i = R_i − (N R_i − Σ R)/(N − 1), meant as leave-one-out: it is the mean of the others, which
///   trajectory i's scores do not depend on, so its expectation is exactly 0. Found in a public
///   benchmark.
struct MeanOfOthers {
  static constexpr const char* name = "planted-mean-of-others";
  static double weight(const Returns& r, std::size_t i) {
    const auto N = static_cast<double>(r.N);
    return r.N > 1 ? r.R[i] - (N * r.R[i] - r.sum()) / (N - 1.0) : r.R[i];
  }
};
///   w_i = (R_i − R̄)/std: biased in scale and in direction; 0 where std is 0
struct Normalised {
  static constexpr const char* name = "planted-normalised";
  static double weight(const Returns& r, std::size_t i) {
    const auto N = static_cast<double>(r.N);
    const double mean = r.sum() / N;
    double square = 0.0;
    for (std::size_t k = 0; k < r.N; ++k) square += (r.R[k] - mean) * (r.R[k] - mean);
    return square > 0.0 ? (r.R[i] - mean) / std::sqrt(square / N) : 0.0;
  }
};
///   w_i = R_i − R̄, declared unbiased: biased by exactly −∇J/N
struct BatchMean {
  static constexpr const char* name = "planted-batch-mean";
  static double weight(const Returns& r, std::size_t i) {
    return r.R[i] - r.sum() / static_cast<double>(r.N);
  }
};

///   ĝ = 1/N Σ_i w_i Z_i
template <class Bug>
struct PlantedReturns {
  static constexpr Info info{.name = Bug::name,
                             .version = "1.0.0",
                             .summary = "REINFORCE with one planted bug",
                             .source = "none: wrong on purpose"};

  PlantedReturns(const Values&, const Context&) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_UNBIASED;
    about.coupling = SEEDBED_U_STATISTIC;
  }

  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const double* power = discounts(batch.discount(), batch.horizon(), scratch);
    double* R = scratch.take(batch.episodes());
    double* weight = scratch.take(batch.samples());
    for (Trajectory tau : batch) R[tau.index()] = discounted_return(tau, power);
    for (Trajectory tau : batch)
      for (std::int64_t t = 0; t < tau.length(); ++t)
        weight[tau.sample(t)] = Bug::weight({R, batch.episodes()}, tau.index());
    pi.score(batch, weight, g);
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<PlantedReturns<MeanOfOthers>>, estimator<PlantedReturns<Normalised>>,
               estimator<PlantedReturns<BatchMean>>)
