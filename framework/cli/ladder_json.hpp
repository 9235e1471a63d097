#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "oracle/spectrum.hpp"
#include "oracle/variance_ladder.hpp"

namespace seedbed {

/// What `seedbed oracle --json` says of a ladder: J, the gradient, the Fisher matrix [d][d] and its
/// spectrum, the best baselines, of a finite process V [H+1][S], Q [H][S][A] and d [H][S], and of
/// every estimator the covariance [d][d].
nlohmann::ordered_json json_of(const VarianceLadder& ladder, const Spectrum& fisher);

/// JSON as text, indented but for a row of numbers, which takes one line: a covariance of 256
/// parameters is 256 lines.
std::string rows_of(const nlohmann::ordered_json& json, const std::string& indent = "");

}  // namespace seedbed
