#pragma once
#include <seedbed/parameters.hpp>
#include <string_view>
#include <vector>

namespace seedbed {

/// The parameter `key`, size x size, row after row; zeros when it is `[]`. Throws the parameter's
/// Error when its shape is another or it is not symmetric.
std::vector<double> symmetric(const Values& values, std::string_view key, std::size_t size);

/// Lower triangular L with L L' = S, S symmetric and positive semidefinite. Throws the Error of
/// parameter `key` when S is indefinite.
std::vector<double> factor(const Values& values, std::string_view key, const std::vector<double>& S,
                           std::size_t size);

}  // namespace seedbed
