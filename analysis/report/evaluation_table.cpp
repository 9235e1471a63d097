#include <cmath>

#include "analysis/report/number.hpp"
#include "analysis/report/row.hpp"
#include "analysis/report/stage_table.hpp"

namespace seedbed::analysis {

Table evaluation_table(const Results& results, const Stage& stage) {
  const auto get = [&](const char* name) { return results.summary(stage, name); };
  const auto mean = get("return_mean"), se = get("return_mean_se"), J = get("J");
  const auto deviation = get("return_std"), least = get("return_min"), most = get("return_max");
  const auto sum = get("reward_sum_mean"), length = get("episode_length_mean");
  const auto ended = get("terminated_fraction"), n = get("replicates"), diverged = get("diverged");
  auto half = get("return_mean_half_width");
  for (std::size_t i = 0; i < half.size(); ++i)  // of one replicate: that over its episodes
    if (std::isnan(half[i])) half[i] = 1.959963985 * at(se, i);
  const bool shows_diverged = any_positive(diverged);
  Table table = empty_table(stage, "return of the policy on fresh noise");
  table.header.insert(table.header.end(), {"return", "± 95 %"});
  if (!J.empty()) table.header.push_back("exact J");
  table.header.insert(table.header.end(),
                      {"std", "min", "max", "reward sum", "steps", "terminated"});
  if (shows_diverged) table.header.push_back("diverged");
  table.header.push_back("n");
  for (std::size_t cell = 0; cell < stage.cells(); ++cell) {
    auto& row = table.rows.emplace_back();
    add_coordinates(stage, cell, row);
    add_mean(at(mean, cell), at(half, cell), row);
    if (!J.empty()) row.push_back(number(at(J, cell)));
    for (const auto* column : {&deviation, &least, &most, &sum, &length})
      row.push_back(number(at(*column, cell)));
    row.push_back(share(at(ended, cell)));
    if (shows_diverged) row.push_back(share(at(diverged, cell)));
    row.push_back({exact(at(n, cell)), exact(at(n, cell))});
  }
  table.notes.push_back(
      "Return: mean over replicates and their episodes; interval: Student's t over replicates, of "
      "one replicate the normal one over its episodes. std: of one episode; reward sum: "
      "undiscounted.");
  if (shows_diverged)
    table.notes.push_back(
        "Replicates whose theta diverged are in no mean: it is that of the others.");
  return table;
}

}  // namespace seedbed::analysis
