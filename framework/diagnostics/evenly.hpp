#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

namespace seedbed {

/// `most` places out of `size`, the first and the last among them, evenly; all where there are no
/// more. most >= 2.
inline std::vector<std::size_t> evenly(std::size_t size, std::size_t most) {
  std::vector<std::size_t> places(std::min(size, most));
  for (std::size_t i = 0; i < places.size(); ++i)
    places[i] = size <= most ? i : i * (size - 1) / (most - 1);
  return places;
}

}  // namespace seedbed
