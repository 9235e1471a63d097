#pragma once
#include <cstddef>
#include <optional>

#include "engine/recording.hpp"
#include "oracle/finite_process.hpp"

namespace seedbed {

/// A batch that is the whole distribution: every trajectory as often as its probability says, the
/// fewest of them times `copies`. What an estimator makes of ever more copies is what it tends to
/// as N grows. None when the probabilities are no multiples of 1/M for an M up to `most`.
std::optional<Recording> population(const FiniteProcess& process, std::size_t copies,
                                    std::size_t most);

}  // namespace seedbed
