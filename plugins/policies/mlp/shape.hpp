#pragma once
#include <cstddef>
#include <vector>

namespace seedbed {

enum class Activation { tanh, relu };

/// Widths n_0 .. n_L of a network and where its parts lie in theta: W_1, b_1, W_2, ...; W_l is
/// [n_l][n_{l-1}], row after row. What follows the network is the head's.
struct Shape {
  std::vector<std::size_t> width;
  Activation activation;
  bool discrete_observation;  ///< then x_0 is its indicator
  std::size_t parameters = 0;
  std::vector<std::size_t> offset;  ///< of W_1, b_1, W_2, ...
  std::vector<std::size_t> row;     ///< [L+2] n_0 + .. + n_{l-1}: where x_l begins among all units

  Shape(std::vector<std::size_t> widths, Activation phi, bool one_hot)
      : width(std::move(widths)), activation(phi), discrete_observation(one_hot), row{0} {
    for (const std::size_t n : width) row.push_back(row.back() + n);
    for (std::size_t l = 1; l < width.size(); ++l) {
      offset.push_back(parameters);
      offset.push_back(parameters + width[l] * width[l - 1]);
      parameters += width[l] * (width[l - 1] + 1);
    }
  }

  std::size_t layers() const { return width.size() - 1; }  ///< L, the last one included
  std::size_t units() const { return row.back(); }
  std::size_t outputs() const { return width.back(); }
  std::size_t weight(std::size_t l) const { return offset[2 * l - 2]; }
  std::size_t bias(std::size_t l) const { return offset[2 * l - 1]; }
};

}  // namespace seedbed
