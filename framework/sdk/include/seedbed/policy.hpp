#pragma once
#include <seedbed/entry.hpp>

/// Policies in C++. A struct with `info`, `parameters`, a constructor (Values, Context) and
///
///   void describe(PolicyInfo&) const;
///   void init(const double* uniform, const double* normal, double* theta) const;
///   void act(const double* theta, const Samples&, In uniform, In normal, Out action,
///            double* log_prob, Scratch&) const;
///   void log_prob(const double* theta, const Samples&, double* log_prob, Scratch&) const;
///   void score(const double* theta, const Samples&, Weights, Segments, double* G, Scratch&) const;
///
/// whose meaning plugin.h gives. `static constexpr seedbed_capability capabilities[]` lists more:
/// {SEEDBED_POLICY_PREPARED, &abi::prepared_of<T>} for a policy that makes something of theta once
/// for many calls. Such a T has
///
///   std::size_t prepared_size() const;  // doubles; 0: nothing to prepare
///   struct Prepared                     // needs no destructor
///     Prepared(const T&, const double* theta, double* numbers);  // [prepared_size]
///     act, log_prob and score of a policy
namespace seedbed {

using PolicyInfo = seedbed_policy_info;

/// n states, and the actions taken there (none for act).
struct Samples {
  std::size_t n;
  const std::int64_t* t;  ///< [n] step index
  In observation, action;
};

/// k weightings of the same samples: w(k, j).
struct Weights {
  std::size_t count;
  In w;
};

using Segments = seedbed_segments;

/// The space, or an Error when it is not a box (a discrete one); `which` is "observation" or
/// "action".
inline const seedbed_space& box(const seedbed_space* space, const char* which) {
  if (space->kind == SEEDBED_BOX) return *space;
  throw Error(std::string(which) + " space: expected a box, got " + std::to_string(space->count) +
                  " discrete values",
              Exit::plugin);
}
inline const seedbed_space& discrete(const seedbed_space* space, const char* which) {
  if (space->kind == SEEDBED_DISCRETE) return *space;
  throw Error(std::string(which) + " space: expected discrete values, got a box of " +
                  std::to_string(space->size) + " numbers",
              Exit::plugin);
}

namespace abi {

template <class T>
struct PolicyFunctions {
  static void describe(const void* self, seedbed_policy_info* info) {
    as<T>(self).describe(*info);
  }
  static int32_t init(const void* self, const double* uniform, const double* normal, double* theta,
                      seedbed_message* message) {
    return guarded(message, [&] { as<T>(self).init(uniform, normal, theta); });
  }
  static int32_t act(const void* self, const double* theta, uint64_t n, const int64_t* t,
                     seedbed_in observation, seedbed_in uniform, seedbed_in normal,
                     seedbed_out action, double* log_prob, seedbed_scratch* scratch,
                     seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      const Samples samples{n, t, observation, In(nullptr, 0)};
      as<T>(self).act(theta, samples, In(uniform), In(normal), Out(action), log_prob, memory);
    });
  }
  static int32_t log_prob(const void* self, const double* theta, uint64_t n, const int64_t* t,
                          seedbed_in observation, seedbed_in action, double* log_prob,
                          seedbed_scratch* scratch, seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      as<T>(self).log_prob(theta, Samples{n, t, observation, action}, log_prob, memory);
    });
  }
  static int32_t score(const void* self, const double* theta, uint64_t n, const int64_t* t,
                       seedbed_in observation, seedbed_in action, uint64_t weightings,
                       seedbed_in weights, const seedbed_segments* segments, double* G,
                       seedbed_scratch* scratch, seedbed_message* message) {
    return guarded(message, [&] {
      Scratch memory(scratch);
      as<T>(self).score(theta, Samples{n, t, observation, action}, Weights{weightings, weights},
                        *segments, G, memory);
    });
  }
};

template <class T>
inline constexpr seedbed_policy policy_table{
    sizeof(seedbed_policy),  PolicyFunctions<T>::describe, PolicyFunctions<T>::init,
    PolicyFunctions<T>::act, PolicyFunctions<T>::log_prob, PolicyFunctions<T>::score};

/// What is prepared is a T::Prepared and then its numbers.
template <class T>
struct PreparedFunctions {
  using Prepared = typename T::Prepared;
  static constexpr std::size_t head = (sizeof(Prepared) + 63) / 64 * 8;
  static_assert(std::is_trivially_destructible_v<Prepared> && alignof(Prepared) <= 64);

  static std::uint64_t size(const void* self) {
    const std::size_t numbers = as<T>(self).prepared_size();
    return numbers == 0 ? 0 : head + numbers;
  }
  static int32_t prepare(const void* self, const double* theta, double* prepared,
                         seedbed_message* message) {
    return guarded(message, [&] { new (prepared) Prepared(as<T>(self), theta, prepared + head); });
  }
  using Calls = PolicyFunctions<Prepared>;
  static constexpr seedbed_policy table{sizeof(seedbed_policy), nullptr,     nullptr, Calls::act,
                                        Calls::log_prob,        Calls::score};
};
template <class T>
inline constexpr seedbed_policy_prepared prepared_of{
    PreparedFunctions<T>::size, PreparedFunctions<T>::prepare, &PreparedFunctions<T>::table};

}  // namespace abi

template <class T>
inline constexpr seedbed_descriptor policy =
    abi::descriptor<T>(SEEDBED_POLICY, &abi::policy_table<T>);

}  // namespace seedbed
