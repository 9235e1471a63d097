#pragma once
#include <seedbed/environment.hpp>
#include <seedbed/policy.hpp>

/// The pathwise capabilities in C++ (plugin.h says what the functions mean). An environment with
///
///   void pull_back(size_t n, In state, In action, In uniform, In normal, In next_state_bar,
///                  In observation_bar, const double* reward_bar, Out state_bar, Out action_bar,
///                  Scratch&) const;
///
/// lists {SEEDBED_ENVIRONMENT_PATHWISE, &abi::environment_pathwise<T>}; a policy, whose samples
/// hold no actions here, lists {SEEDBED_POLICY_PATHWISE, &abi::policy_pathwise<T>} with
///
///   void pull_back(const double* theta, const Samples&, In uniform, In normal, In action_bar,
///                  Out observation_bar, Scratch&) const;
///   void pull_back_to_theta(const double* theta, const Samples&, In uniform, In normal,
///                           In action_bar, Segments, double* G, Scratch&) const;
namespace seedbed::abi {

template <class T>
struct EnvironmentPathwise {
  static int32_t pull_back(const void* self, uint64_t n, seedbed_in state, seedbed_in action,
                           seedbed_in uniform, seedbed_in normal, seedbed_in next_state_bar,
                           seedbed_in observation_bar, const double* reward_bar,
                           seedbed_out state_bar, seedbed_out action_bar, seedbed_scratch* scratch,
                           seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      as<T>(self).pull_back(n, In(state), In(action), In(uniform), In(normal), In(next_state_bar),
                            In(observation_bar), reward_bar, Out(state_bar), Out(action_bar),
                            memory);
    });
  }
};

template <class T>
struct PolicyPathwise {
  static int32_t pull_back(const void* self, const double* theta, uint64_t n, const int64_t* t,
                           seedbed_in observation, seedbed_in uniform, seedbed_in normal,
                           seedbed_in action_bar, seedbed_out observation_bar,
                           seedbed_scratch* scratch, seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      as<T>(self).pull_back(theta, Samples{n, t, observation, In(nullptr, 0)}, In(uniform),
                            In(normal), In(action_bar), Out(observation_bar), memory);
    });
  }
  static int32_t pull_back_to_theta(const void* self, const double* theta, uint64_t n,
                                    const int64_t* t, seedbed_in observation, seedbed_in uniform,
                                    seedbed_in normal, seedbed_in action_bar,
                                    const seedbed_segments* segments, double* G,
                                    seedbed_scratch* scratch, seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      as<T>(self).pull_back_to_theta(theta, Samples{n, t, observation, In(nullptr, 0)}, In(uniform),
                                     In(normal), In(action_bar), *segments, G, memory);
    });
  }
};

template <class T>
inline constexpr seedbed_environment_pathwise environment_pathwise{
    EnvironmentPathwise<T>::pull_back};
template <class T>
inline constexpr seedbed_policy_pathwise policy_pathwise{PolicyPathwise<T>::pull_back,
                                                         PolicyPathwise<T>::pull_back_to_theta};

}  // namespace seedbed::abi
