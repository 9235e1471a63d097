#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace seedbed {

/// Steps first .. first + count - 1: what a table over time shows as one row.
struct TimeSpan {
  std::uint64_t first, count;

  /// "5", or "32-63"
  std::string label() const {
    const std::string text = std::to_string(first);
    return count == 1 ? text : text + "-" + std::to_string(first + count - 1);
  }
};

/// The steps 0 .. horizon - 1 in at most 16 spans of nearly equal count.
inline std::vector<TimeSpan> time_spans(std::uint64_t horizon) {
  const std::uint64_t spans = horizon < 16 ? horizon : 16;
  std::vector<TimeSpan> result;
  for (std::uint64_t k = 0; k < spans; ++k) {
    const std::uint64_t first = horizon * k / spans;
    result.push_back({first, horizon * (k + 1) / spans - first});
  }
  return result;
}

}  // namespace seedbed
