#include <seedbed/estimator.hpp>

using namespace seedbed;

/// Seven reward-to-go estimators that are wrong on purpose, and the right one in the same frame.
/// Each declares itself unbiased; planted_bugs_test.cpp shows that enumeration catches the seven.
namespace {

/// What the weight of one score may be made of.
struct Moment {
  Trajectory tau;
  std::int64_t t;
  const double* G;      ///< G_t of the trajectory's steps; G[length] = 0
  const double* power;  ///< gamma^0 .. gamma^H
  double N;

  double discount() const { return power[t]; }
};

///   w_{i,t} = γᵗ G_t
double correct(const Moment& m) {
  return m.discount() * m.G[m.t];
}

struct Correct {
  static constexpr const char* name = "planted-none";
  static double weight(const Moment& m) { return correct(m); }
};
///   γᵗ⁺¹ G_t
struct LateDiscount {
  static constexpr const char* name = "planted-late-discount";
  static double weight(const Moment& m) { return m.power[m.t + 1] * m.G[m.t]; }
};
///   1/(N − 1) for 1/N
struct OneFewer {
  static constexpr const char* name = "planted-one-fewer";
  static double weight(const Moment& m) { return correct(m) * m.N / (m.N - 1.0); }
};
///   no score for the last step
struct DroppedLastStep {
  static constexpr const char* name = "planted-dropped-last-step";
  static double weight(const Moment& m) { return m.t + 1 < m.tau.length() ? correct(m) : 0.0; }
};
///   γᵗ⁺¹ G_{t+1}: the trace grows after the reward was credited, so r_t misses its own score
struct EarlyCredit {
  static constexpr const char* name = "planted-early-credit";
  static double weight(const Moment& m) { return m.power[m.t + 1] * m.G[m.t + 1]; }
};
///   descent for ascent
struct Sign {
  static constexpr const char* name = "planted-sign";
  static double weight(const Moment& m) { return -correct(m); }
};
///   G_t without γᵗ
struct NoDiscount {
  static constexpr const char* name = "planted-no-discount";
  static double weight(const Moment& m) { return m.G[m.t]; }
};
///   b_i = mean of G_t along the trajectory itself
struct OwnBaseline {
  static constexpr const char* name = "planted-own-baseline";
  static double weight(const Moment& m) {
    double sum = 0.0;
    for (std::int64_t t = 0; t < m.tau.length(); ++t) sum += m.G[t];
    return m.discount() * (m.G[m.t] - sum / static_cast<double>(m.tau.length()));
  }
};

///   ĝ = 1/N Σ_i Σ_t w_{i,t} ψ_t        G_t = r_t + γ G_{t+1}
template <class Bug>
struct Planted {
  static constexpr Info info{.name = Bug::name,
                             .version = "1.0.0",
                             .summary = "Reward-to-go with one planted bug",
                             .source = "none: wrong on purpose"};

  Planted(const Values&, const Context&) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_UNBIASED;
    about.coupling = SEEDBED_INDEPENDENT;
  }

  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const double* power = discounts(batch.discount(), batch.horizon() + 1, scratch);
    double* G = scratch.take(batch.horizon() + 1);
    double* weight = scratch.take(batch.samples());
    for (Trajectory tau : batch) {
      G[tau.length()] = 0.0;
      for (std::int64_t t = tau.length() - 1; t >= 0; --t)
        G[t] = tau.reward(t) + batch.discount() * G[t + 1];
      for (std::int64_t t = 0; t < tau.length(); ++t)
        weight[tau.sample(t)] =
            Bug::weight({tau, t, G, power, static_cast<double>(batch.episodes())});
    }
    pi.score(batch, weight, g);
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Planted<Correct>>, estimator<Planted<LateDiscount>>,
               estimator<Planted<OneFewer>>, estimator<Planted<DroppedLastStep>>,
               estimator<Planted<EarlyCredit>>, estimator<Planted<Sign>>,
               estimator<Planted<NoDiscount>>, estimator<Planted<OwnBaseline>>)
