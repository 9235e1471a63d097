#pragma once
#include <optional>

#include "oracle/certificate.hpp"
#include "oracle/noise_pass.hpp"

namespace seedbed {

/// Every batch, weighed with its probability. Uniform numbers are enumerated without error (see
/// jumps_of); normal ones, and those of the plan, take the nodes of quadrature rules that grow
/// until two of them agree to 1e-12 of the largest number, or the mean to 1e-8 and there is much to
/// do for more, or the next has too many batches: `mean_error` and `trace_error` are what the last
/// two differ by. None when a rule and one more do not fit.
///
/// The truth is the gradient of J; of an estimator of a smoothed J it is the mean of grad J over
/// the thetas that the estimator asks for, itself left out where it asks for others. Throws Error
/// when the episodes' mean return is not J: then the process hides something from its model.
std::optional<Certificate> certify_over_noise(const NoiseStudy& study, Arena& arena);

/// The estimator's state after some batch that it may meet: the first that an enumeration brings.
/// None when the batches are too many to begin with.
std::optional<std::vector<double>> state_after_a_batch(const NoiseStudy& study, Arena& arena);

}  // namespace seedbed
