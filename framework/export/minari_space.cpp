#include "export/minari_space.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <vector>

namespace seedbed {

namespace {

std::string path_of(const std::string& of) {
  return "/trajectories/" + of;
}

/// A list as Python's json writes and reads it.
std::string list(const std::vector<double>& numbers) {
  std::string text;
  for (const double x : numbers)
    text += (text.empty() ? "" : ", ") + (std::isinf(x) ? std::string(x > 0 ? "" : "-") + "Infinity"
                                                        : fmt::format("{:.17g}", x));
  return "[" + text + "]";
}

std::vector<double> bounds(const Reader& run, const std::string& path, std::uint64_t size,
                           double otherwise) {
  return run.has(path) ? run.reals(path) : std::vector<double>(size, otherwise);
}

}  // namespace

MinariArray minari_array(const Reader& run, const std::string& of) {
  const auto space = run.text_attribute(path_of(of), "space");
  return {space == "discrete", run.shape(path_of(of)).at(1)};
}

std::string minari_space(const Reader& run, const std::string& of) {
  const MinariArray array = minari_array(run, of);
  if (array.is_discrete)
    return fmt::format(
        R"({{"type": "Discrete", "dtype": "int64", "start": 0, "n": {}}})",
        static_cast<std::int64_t>(run.real_attribute(path_of(of), "count").value_or(0)));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return fmt::format(
      R"({{"type": "Box", "dtype": "float64", "shape": [{}], "low": {}, "high": {}}})", array.size,
      list(bounds(run, path_of(of) + "_low", array.size, -infinity)),
      list(bounds(run, path_of(of) + "_high", array.size, infinity)));
}

}  // namespace seedbed
