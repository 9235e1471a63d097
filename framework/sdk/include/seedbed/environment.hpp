#pragma once
#include <seedbed/entry.hpp>
#include <seedbed/space.hpp>

/// Environments in C++. A struct with `info`, `parameters`, a constructor (Values, Context),
///
///   void describe(EnvironmentInfo&) const;
///
/// and either, per lane (scalar code, the layer loops),
///
///   void reset(LaneIn uniform, LaneIn normal, LaneOut state, LaneOut observation) const;
///   Step step(LaneIn action, LaneIn uniform, LaneIn normal, LaneOut state, LaneOut obs) const;
///
/// or, per block of n lanes (for speed; loops over j < n inside),
///
///   void reset(size_t n, In uniform, In normal, Out state, Out obs, Scratch&) const;
///   void step(size_t n, In action, In uniform, In normal, Out state, Out obs, double* reward,
///             double* terminated, Scratch&) const;
namespace seedbed {

using EnvironmentInfo = seedbed_environment_info;

/// Outcome of one step of one lane.
struct Step {
  double reward;
  bool terminated;
};

namespace abi {

template <class T>
concept PerLane = requires(const T& e, LaneIn in, LaneOut out) { e.reset(in, in, out, out); };

template <class T>
struct EnvironmentFunctions {
  static void describe(const void* self, seedbed_environment_info* info) {
    as<T>(self).describe(*info);
  }
  static int32_t reset(const void* self, uint64_t n, seedbed_in uniform, seedbed_in normal,
                       seedbed_out state, seedbed_out observation, seedbed_scratch* scratch,
                       seedbed_message* message) {
    return guarded(message, [&] {
      if constexpr (PerLane<T>) {
        for (std::size_t j = 0; j < n; ++j)
          as<T>(self).reset(lane(In(uniform), j), lane(In(normal), j), lane(Out(state), j),
                            lane(Out(observation), j));
      } else {
        Scratch memory(scratch);
        as<T>(self).reset(n, In(uniform), In(normal), Out(state), Out(observation), memory);
      }
    });
  }
  static int32_t step(const void* self, uint64_t n, seedbed_in action, seedbed_in uniform,
                      seedbed_in normal, seedbed_out state, seedbed_out observation, double* reward,
                      double* terminated, seedbed_scratch* scratch, seedbed_message* message) {
    return guarded(message, [&] {
      if constexpr (PerLane<T>) {
        for (std::size_t j = 0; j < n; ++j) {
          const Step step = as<T>(self).step(lane(In(action), j), lane(In(uniform), j),
                                             lane(In(normal), j), lane(Out(state), j),
                                             lane(Out(observation), j));
          reward[j] = step.reward;
          terminated[j] = step.terminated ? 1.0 : 0.0;
        }
      } else {
        Scratch memory(scratch);
        as<T>(self).step(n, In(action), In(uniform), In(normal), Out(state), Out(observation),
                         reward, terminated, memory);
      }
    });
  }
  static constexpr seedbed_environment table{sizeof(seedbed_environment), describe, reset, step};
};

}  // namespace abi

template <class T>
inline constexpr seedbed_descriptor environment =
    abi::descriptor<T>(SEEDBED_ENVIRONMENT, &abi::EnvironmentFunctions<T>::table);

}  // namespace seedbed
