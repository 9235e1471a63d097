#pragma once
#include <cstdint>
#include <vector>

#include "diagnostics/hotelling.hpp"
#include "diagnostics/measured.hpp"

namespace seedbed {

/// What M batches say of one gradient estimator. Vectors are [d]. What needs a reference is NaN
/// without one; what needs a variance is NaN when M < 2.
struct Diagnosis {
  std::uint64_t count = 0;  ///< M
  std::vector<double> mean, mean_se, kurtosis, bias;
  std::vector<double> variance, variance_lower, variance_upper;
  Hotelling test{Measured::none, Measured::none, 0};  ///< of the bias

  Measured bias_norm;              ///< |mean - reference|
  Measured variance_trace;         ///< tr Var(g)
  Measured mse;                    ///< E |g - grad J|^2
  Measured snr;                    ///< |grad J|^2 / tr Var(g)
  Measured snr_plugin;             ///< (|mean|^2 - tr Var(g)/M) / tr Var(g)
  Measured noise_scale;            ///< N / snr
  Measured cosine;                 ///< E cos(g, grad J)
  Measured sign_agreement;         ///< P(g . grad J > 0)
  Measured pairwise_cosine;        ///< E cos(g, g') of independent batches
  Measured variance_within;        ///< tr Var(g) as a batch says it of itself
  Measured variance_within_ratio;  ///< that over variance_trace
  Measured effective_sample_size;  ///< as the estimator says it
};

}  // namespace seedbed
