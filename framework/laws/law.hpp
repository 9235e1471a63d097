#pragma once
#include <string>
#include <vector>

namespace seedbed::contract {

/// One law about one kind of subject (an instance and what it is tried with). Names are stable:
/// `seedbed check --only` takes them.
template <class Subject>
struct Law {
  const char* name;  ///< "permuted-lanes-give-the-same-bits"
  /// Throws Error "law '<law>': <inputs, expected, got>" where it is broken.
  void (*demand)(const Subject& subject);
};
template <class Subject>
using Laws = std::vector<Law<Subject>>;

/// All of them, in their order.
template <class Subject>
void demand_all(const Laws<Subject>& laws, const Subject& subject) {
  for (const Law<Subject>& law : laws) law.demand(subject);
}

}  // namespace seedbed::contract
