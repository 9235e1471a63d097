#pragma once
#include "engine/configuration.hpp"

namespace seedbed {

/// The environment steps that one replicate takes when no episode ends before the horizon: a
/// number to compare tasks by, the same on every machine. Seconds come from timing on top of it.
///
///   learn:     iterations x N x H
///   gradient:  batches x N x H x (1 + estimators that plan their own requests), and
///              as many batches again for a Monte-Carlo reference (at most reference_batches) where
///              no oracle can know the process, and M x min(2H + 2, 50) episodes for `sources`
///
/// An estimator that plans requests of its own may take more; engine/variance_restarts.hpp has the
/// split by sources.
double nominal_cost(const Configuration& configuration);

}  // namespace seedbed
