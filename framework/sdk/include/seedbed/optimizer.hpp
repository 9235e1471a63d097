#pragma once
#include <seedbed/entry.hpp>

/// Optimizers in C++. A struct with `info`, `parameters`, a constructor (Values, Context) and
///
///   size_t state_size(size_t d) const;
///   void step(size_t d, const double* gradient, double* theta, double* state) const;  // ascends
namespace seedbed {
namespace abi {

template <class T>
struct OptimizerFunctions {
  static uint64_t state_size(const void* self, uint64_t d) { return as<T>(self).state_size(d); }
  static int32_t step(const void* self, uint64_t d, const double* gradient, double* theta,
                      double* state, seedbed_message* message) {
    return guarded(message, [&] { as<T>(self).step(d, gradient, theta, state); });
  }
  static constexpr seedbed_optimizer table{sizeof(seedbed_optimizer), state_size, step};
};

}  // namespace abi

template <class T>
inline constexpr seedbed_descriptor optimizer =
    abi::descriptor<T>(SEEDBED_OPTIMIZER, &abi::OptimizerFunctions<T>::table);

}  // namespace seedbed
