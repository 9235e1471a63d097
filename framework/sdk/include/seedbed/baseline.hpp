#pragma once
#include <seedbed/batch.hpp>
#include <seedbed/entry.hpp>

/// Baselines in C++. A struct with `info`, `parameters`, a constructor (Values, Context) and
///
///   void describe(size_t steps, BaselineInfo&) const;
///   void values(const Batch&, const seedbed_targets&, const double* state, double* b,
///               Scratch&) const;
///   void commit(const Batch&, const seedbed_targets&, double* state, Scratch&) const;  // optional
///   void begin(size_t steps, double* state) const;                                     // optional
namespace seedbed {

using BaselineInfo = seedbed_baseline_info;

namespace abi {

template <class T>
struct BaselineFunctions {
  static void describe(const void* self, uint64_t steps, seedbed_baseline_info* info) {
    as<T>(self).describe(steps, *info);
  }
  static int32_t begin(const void* self, uint64_t steps, double* state, seedbed_message* message) {
    return guarded(message, [&] {
      if constexpr (requires(const T& b) { b.begin(steps, state); }) as<T>(self).begin(steps, state);
    });
  }
  static int32_t values(const void* self, const seedbed_batch* batch,
                        const seedbed_targets* targets, const double* state, double* b,
                        double* final_b, seedbed_scratch* scratch, seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      if constexpr (requires(const T& f, const Batch& batch_) {
                      f.values(batch_, *targets, state, b, final_b, memory);
                    }) {
        as<T>(self).values(Batch(*batch), *targets, state, b, final_b, memory);
      } else {
        as<T>(self).values(Batch(*batch), *targets, state, b, memory);
        // A baseline that knows no observations has nothing to say about the final ones.
        for (std::size_t i = 0; final_b && i < batch->episodes; ++i) final_b[i] = 0.0;
      }
    });
  }
  static int32_t commit(const void* self, const seedbed_batch* batch,
                        const seedbed_targets* targets, double* state, seedbed_scratch* scratch,
                        seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      if constexpr (requires(const T& f, const Batch& batch_) {
                      f.commit(batch_, *targets, state, memory);
                    })
        as<T>(self).commit(Batch(*batch), *targets, state, memory);
    });
  }
  static constexpr seedbed_baseline table{sizeof(seedbed_baseline), describe, begin, values,
                                          commit};
};

}  // namespace abi

template <class T>
inline constexpr seedbed_descriptor baseline =
    abi::descriptor<T>(SEEDBED_BASELINE, &abi::BaselineFunctions<T>::table);

}  // namespace seedbed
