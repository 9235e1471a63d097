#include "oracle/natural_direction.hpp"

#include <cassert>

#include "oracle/spectrum.hpp"

namespace seedbed {

///   F⁺∇J = Σ_k v_k (v_k'∇J) / λ_k        over the λ_k that are not 0
std::vector<double> natural_direction(const Dense& F, const std::vector<double>& gradient) {
  const std::size_t d = gradient.size();
  assert(F.rows == d && F.columns == d);
  const Spectrum spectrum = seedbed::spectrum(F);
  std::vector<double> w(d, 0.0);
  for (std::size_t k = 0; k < spectrum.rank(); ++k) {
    double along = 0.0;
    for (std::size_t j = 0; j < d; ++j) along += spectrum.vector(k, j) * gradient[j];
    for (std::size_t j = 0; j < d; ++j) w[j] += along / spectrum.value[k] * spectrum.vector(k, j);
  }
  return w;
}

}  // namespace seedbed
