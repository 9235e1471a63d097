#include "oracle/noise_nodes.hpp"

#include <algorithm>
#include <cmath>

#include "oracle/noise_rule.hpp"

namespace seedbed {

NoiseNode NoiseNode::mirrored() const {
  NoiseNode other = *this;
  for (double& u : other.uniform) u = 1.0 - u;
  for (double& z : other.normal) z = -z;
  return other;
}

NoiseNodes noise_grid(std::size_t uniforms, std::size_t normals, std::size_t nodes) {
  NoiseNodes all{NoiseNode{}};
  const auto lengthen = [&all](std::size_t count, const NoiseRule& rule,
                               std::vector<double> NoiseNode::*numbers) {
    for (std::size_t i = 0; i < count; ++i) {
      NoiseNodes longer;
      for (const NoiseNode& node : all)
        for (std::size_t k = 0; k < rule.value.size(); ++k) {
          longer.push_back(node);
          longer.back().weight *= rule.weight[k];
          (longer.back().*numbers).push_back(rule.value[k]);
        }
      all = std::move(longer);
    }
  };
  if (uniforms > 0) lengthen(uniforms, uniform_rule(nodes), &NoiseNode::uniform);
  if (normals > 0) lengthen(normals, normal_rule(nodes), &NoiseNode::normal);
  return all;
}

double grid_size(std::size_t uniforms, std::size_t normals, std::size_t nodes) {
  const auto power = [](std::size_t base, std::size_t count) {
    return std::pow(static_cast<double>(base), static_cast<double>(count));
  };
  const std::size_t of_uniform = uniforms > 0 ? uniform_rule(nodes).value.size() : 1;
  return power(of_uniform, uniforms) * power(nodes, normals);
}

NoiseNodes pieces_between(std::vector<double> jumps) {
  std::ranges::sort(jumps);
  jumps.push_back(1.0);
  NoiseNodes all;
  double low = 0.0;
  for (const double high : jumps) {
    if (high - low < 0x1p-48) continue;  // the same jump, of another player
    all.push_back({high - low, {0.5 * (low + high)}, {}});
    low = high;
  }
  return all;
}

}  // namespace seedbed
