#pragma once
#include <seedbed/components.hpp>

/// Estimators in C++. A struct with `info`, `parameters`, a constructor (Values, Context) and
///
///   void describe(EstimatorInfo&) const;
///   void estimate(const Batch&, const Policy& pi, const double* state, Gradient& g,
///                 Scratch&) const;
///   void commit(const Batch&, const Policy& pi, double* state, Scratch&) const;        // optional
///   void begin(double* state) const;                                                   // optional
///   void plan(const double* theta, const double* state, const double* uniform,
///             const double* normal, Plan&) const;                                      // optional
///
/// One whose contributions are a weighting of the scores, g_i = sum_t weight(i, t) psi_t, has, and
/// no `estimate`,
///
///   void weights(const Batch&, const Policy& pi, const double* state, double* weight,
///                Scratch&) const;                                     // [samples], every entry
///
/// and lists {SEEDBED_ESTIMATOR_WEIGHTS, &abi::weights_of<T>}: a gradient stage then takes the
/// scores of a batch once for all such estimators.
///
/// One whose exact variance an oracle may know (plugin.h, SEEDBED_ESTIMATOR_FORMULA) has
/// `std::uint32_t formula() const` and lists {SEEDBED_ESTIMATOR_FORMULA, &abi::formula_of<T>}.
namespace seedbed {

using EstimatorInfo = seedbed_estimator_info;

/// Where plan puts its requests.
class Plan {
 public:
  explicit Plan(seedbed_plan* plan) : plan_(plan) {}
  void request(const seedbed_request& request) {
    if (plan_->request(plan_, &request) != SEEDBED_OK)
      throw Error("a request that the engine refused", Exit::plugin);
  }

 private:
  seedbed_plan* plan_;
};

namespace abi {

template <class T>
concept Plans = requires(const T& e, const double* x, Plan& plan) { e.plan(x, x, x, x, plan); };
template <class T>
concept Weighs = requires(const T& e, const Batch& batch, const Policy& pi, const double* state,
                          double* weight, Scratch& scratch) {
  e.weights(batch, pi, state, weight, scratch);
};
template <class T>
concept Commits = requires(const T& e, const Batch& batch, const Policy& pi, double* state,
                           Scratch& scratch) { e.commit(batch, pi, state, scratch); };
template <class T>
concept Begins = requires(const T& e, double* state) { e.begin(state); };

template <class T>
struct EstimatorFunctions {
  static void describe(const void* self, seedbed_estimator_info* info) {
    as<T>(self).describe(*info);
  }
  static int32_t begin(const void* self, double* state, seedbed_message* message) {
    return guarded(message, [&] {
      if constexpr (Begins<T>) as<T>(self).begin(state);
    });
  }
  static int32_t plan(const void* self, const double* theta, const double* state,
                      const double* uniform, const double* normal, seedbed_plan* plan_,
                      seedbed_message* message) {
    return guarded(message, [&] {
      Plan plan(plan_);
      if constexpr (Plans<T>) as<T>(self).plan(theta, state, uniform, normal, plan);
    });
  }
  static int32_t estimate(const void* self, const seedbed_batch* batch, const double* theta,
                          const double* state, seedbed_results* results, seedbed_scratch* scratch,
                          seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      const Policy pi(*batch, theta, memory);
      Gradient gradient(results, pi.parameters());
      if constexpr (Weighs<T>) {
        double* weight = memory.take(batch->samples);
        as<T>(self).weights(Batch(*batch), pi, state, weight, memory);
        pi.score(Batch(*batch), weight, gradient);
      } else {
        as<T>(self).estimate(Batch(*batch), pi, state, gradient, memory);
      }
    });
  }
  static int32_t weights(const void* self, const seedbed_batch* batch, const double* theta,
                         const double* state, double* weight, seedbed_scratch* scratch,
                         seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      as<T>(self).weights(Batch(*batch), Policy(*batch, theta, memory), state, weight, memory);
    });
  }
  static int32_t commit(const void* self, const seedbed_batch* batch, const double* theta,
                        double* state, seedbed_scratch* scratch, seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      if constexpr (Commits<T>)
        as<T>(self).commit(Batch(*batch), Policy(*batch, theta, memory), state, memory);
    });
  }
  static constexpr seedbed_estimator table{
      sizeof(seedbed_estimator), describe, begin, Plans<T> ? plan : nullptr, estimate,
      Commits<T> ? commit : nullptr};
};

template <class T>
inline constexpr seedbed_estimator_weights weights_of{EstimatorFunctions<T>::weights};

template <class T>
struct EstimatorFormula {
  static std::uint32_t formula(const void* self) { return as<T>(self).formula(); }
};
template <class T>
inline constexpr seedbed_estimator_formula formula_of{EstimatorFormula<T>::formula};

}  // namespace abi

template <class T>
inline constexpr seedbed_descriptor estimator =
    abi::descriptor<T>(SEEDBED_ESTIMATOR, &abi::EstimatorFunctions<T>::table);

}  // namespace seedbed
