#pragma once
// For tests: conditional expectations on the tree of all paths of a small process, by definition.
#include <algorithm>
#include <cmath>
#include <map>

#include "oracle/enumerated_path.hpp"

namespace seedbed {

using Contribution = std::function<std::vector<double>(const Path&)>;

/// The first k draws of s_0, a_0, (r_0, s_1, whether it ends), a_1, ...; all where there are fewer.
inline std::vector<double> first_draws(const Path& path, std::size_t k) {
  std::vector<std::vector<double>> draws{{static_cast<double>(path.s[0])}};
  for (std::size_t t = 0; t < path.length(); ++t) {
    const bool last = t + 1 == path.length();
    const std::size_t next = last ? path.final_state : path.s[t + 1];
    draws.push_back({static_cast<double>(path.a[t])});
    draws.push_back({path.r[t], static_cast<double>(next), last && path.terminated ? 1.0 : 0.0});
  }
  std::vector<double> first;
  for (std::size_t i = 0; i < std::min(k, draws.size()); ++i)
    first.insert(first.end(), draws[i].begin(), draws[i].end());
  return first;
}

/// E[g | F_k] on the tree of all paths, by its definition.
class ConditionalMean {
 public:
  void add(const std::vector<double>& draws, double probability, const std::vector<double>& g) {
    auto& [total, sum] = nodes_[draws];
    total += probability;
    sum.resize(g.size(), 0.0);
    for (std::size_t j = 0; j < g.size(); ++j) sum[j] += probability * g[j];
  }
  double operator()(const std::vector<double>& draws, std::size_t j) const {
    const auto& [total, sum] = nodes_.at(draws);
    return sum[j] / total;
  }

 private:
  std::map<std::vector<double>, std::pair<double, std::vector<double>>> nodes_;
};

/// Part k: E (E[g|F_k] - E[g|F_{k-1}])^2, k = 1 .. 2H + 1; [2H+1][d].
inline Dense parts_on_tree(const SmallProcess& process, const Contribution& g) {
  const std::size_t H = process.finite().problem().horizon, d = process.finite().theta().size();
  std::vector<ConditionalMean> at(2 * H + 2);
  for_each_path(process, [&](const Path& path, double probability) {
    for (std::size_t k = 0; k < at.size(); ++k)
      at[k].add(first_draws(path, k), probability, g(path));
  });
  Dense parts(2 * H + 1, d);
  for_each_path(process, [&](const Path& path, double probability) {
    for (std::size_t k = 1; k < at.size(); ++k)
      for (std::size_t j = 0; j < d; ++j)
        parts(k - 1, j) +=
            probability *
            std::pow(at[k](first_draws(path, k), j) - at[k - 1](first_draws(path, k - 1), j), 2);
  });
  return parts;
}

}  // namespace seedbed
