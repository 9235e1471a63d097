#pragma once
#include <cstdint>

#include "engine/gradient_study.hpp"
#include "store/writer.hpp"

namespace seedbed {

/// Into /gradient, where M > 0: of what the variance of one trajectory's contribution consists,
/// draw by draw (engine/variance_restarts.hpp), for each estimator in the state that it has now.
/// NaN for one that cannot be split. The scale /gradient/estimator must be there.
void write_variance_sources(Writer& w, const GradientStudy& study, std::uint64_t M,
                            const Noise& noise);

}  // namespace seedbed
