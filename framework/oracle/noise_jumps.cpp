#include "oracle/noise_jumps.hpp"

#include <algorithm>
#include <seedbed/error.hpp>

namespace seedbed {

namespace {

using OfUniform = std::function<NoiseProbe::Outputs(const std::vector<double>&)>;

/// Whether f jumps at each of these numbers and is constant between them.
bool jumps_at(const OfUniform& f, const std::vector<double>& likely) {
  constexpr double near = 0x1p-40;
  std::vector<double> u{0x1p-53};
  for (const double jump : likely) {
    if (!(jump - near > u.back() && jump + near < 1.0 - 0x1p-53)) return false;
    u.insert(u.end(), {jump - near, jump + near});
  }
  u.push_back(1.0 - 0x1p-53);
  const NoiseProbe::Outputs values = f(u);
  for (std::size_t k = 0; k + 1 < u.size(); ++k)
    if ((values[k] == values[k + 1]) != (k % 2 == 0)) return false;
  return true;
}

}  // namespace

std::vector<double> jumps_of(const OfUniform& f, const std::vector<double>& likely) {
  if (!likely.empty() && jumps_at(f, likely)) return likely;
  constexpr std::size_t grid = 96, most = 1024, inner = SEEDBED_LANES;
  struct Gap {
    double low, high;
  };
  std::vector<double> found;
  std::vector<Gap> gaps{{0x1p-53, 1.0 - 0x1p-53}};
  for (std::size_t parts = grid; !gaps.empty(); parts = inner) {
    std::vector<Gap> narrower;
    for (const Gap& gap : gaps) {
      std::vector<double> u(parts + 1, gap.high);
      for (std::size_t k = 0; k < parts; ++k)
        u[k] =
            gap.low + (gap.high - gap.low) * (static_cast<double>(k) / static_cast<double>(parts));
      const NoiseProbe::Outputs values = f(u);
      for (std::size_t k = 0; k < parts; ++k)
        if (u[k] < u[k + 1] && values[k] != values[k + 1]) narrower.push_back({u[k], u[k + 1]});
    }
    gaps.clear();
    for (const Gap& gap : narrower)
      if (gap.high - gap.low > 0x1p-52)
        gaps.push_back(gap);
      else
        found.push_back(0.5 * (gap.low + gap.high));
    if (gaps.size() + found.size() > most)
      throw Error(
          "enumeration: expected a function of a uniform number that takes finitely many "
          "values, got one that jumps more than 1024 times");
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace seedbed
