#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace seedbed {

class Reader;

/// Where one dataset of two files begins to differ, and how far apart it is from there on.
struct Divergence {
  std::string dataset;
  std::string place;  ///< "iteration 12", "iteration 0, episode 3, step 5", "[4]", or "".
  std::optional<std::int64_t> iteration;  ///< Of the place, where it has one.
  std::string first, second;              ///< What stands there, or what else differs.
  double largest = 0.0;  ///< Largest |difference| of numbers in the part that both have.
  double last = 0.0;     ///< |difference| in the last number of both.
};

/// A dataset of that name in two files; nothing when they are equal, bit for bit. What only one of
/// them has along the first dimension is no difference of its own: the lengths are, when the rest
/// is equal. Reads some MiB at a time.
std::optional<Divergence> divergence_of(const std::string& dataset, const Reader& a,
                                        const Reader& b);

}  // namespace seedbed
