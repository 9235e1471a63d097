#include "analysis/report/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/report/number.hpp"
#include "analysis/report/row.hpp"

namespace seedbed::analysis {

namespace {

/// A mean of a cell or an estimator.
struct Contender {
  std::string name;
  double mean, half_width;
};

std::string of(const Contender& one) {
  if (!(one.half_width > 0)) return rounded(one.mean);
  const MeanText text = rounded_mean(one.mean, one.half_width);
  return text.mean + " ± " + text.half_width;
}

/// The first by `before`, then the second; what has no number is in neither.
std::vector<Contender> ranked(std::vector<Contender> all, bool higher) {
  std::erase_if(all, [](const Contender& one) { return !std::isfinite(one.mean); });
  std::ranges::stable_sort(all, [&](const Contender& a, const Contender& b) {
    return higher ? a.mean > b.mean : a.mean < b.mean;
  });
  return all;
}

std::string undecided(const Contender& a, const Contender& b) {
  if (!(a.half_width > 0) || !(b.half_width > 0)) return "";
  return std::abs(a.mean - b.mean) < std::hypot(a.half_width, b.half_width)
             ? " (their intervals do not tell them apart; `seedbed compare` pairs what shares "
               "noise)"
             : "";
}

std::string of_returns(const Results& results, const Stage& stage, const char* quantity,
                       const char* words) {
  const auto mean = results.summary(stage, quantity),
             half = results.summary(stage, std::string(quantity) + "_half_width"),
             diverged = results.summary(stage, "diverged");
  std::vector<Contender> all;
  std::size_t cells = 0, with_divergence = 0;
  for (std::size_t cell = 0; cell < stage.cells(); ++cell) {
    if (!stage.has(cell)) continue;
    ++cells;
    const bool lost = at(diverged, cell) > 0;  // its mean is that of the survivors
    with_divergence += lost;
    all.push_back({stage.label(cell), lost ? NAN : at(mean, cell), at(half, cell)});
  }
  all = ranked(all, true);
  std::string text;
  if (all.empty())
    text = fmt::format("{}: no cell has a mean {} of replicates that all ended well.", stage.name,
                       words);
  else if (cells == 1)
    text = fmt::format("{}: the {} is {} {} over {} replicates.", stage.name, words, of(all[0]),
                       stage.return_units, stage.replicates);
  else
    text =
        fmt::format("{}: of {} cells {} has the highest {}, {} {} over {} replicates", stage.name,
                    cells, all[0].name, words, of(all[0]), stage.return_units, stage.replicates);
  if (cells > 1 && all.size() > 1)
    text +=
        fmt::format("; {} follows with {}{}", all[1].name, of(all[1]), undecided(all[0], all[1]));
  if (cells > 1 && !all.empty()) text += ".";
  if (stage.optimum) text += " The optimum is " + rounded(*stage.optimum, 5) + ".";
  if (with_divergence > 0)
    text += cells == 1
                ? " Replicates diverged."
                : fmt::format(" In {} of the cells replicates diverged; they are not ranked.",
                              with_divergence);
  return text;
}

std::string of_bias(const std::vector<std::string>& estimators, const std::vector<double>& p,
                    std::size_t cell) {
  std::string biased;
  std::size_t judged = 0;
  const auto E = estimators.size();
  for (std::size_t e = 0; e < E; ++e) judged += std::isfinite(at(p, cell * E + e));
  for (std::size_t e = 0; e < E; ++e)
    if (at(p, cell * E + e) * static_cast<double>(judged) < 0.05)
      biased += (biased.empty() ? "" : ", ") + estimators[e];
  if (judged == 0) return "";
  return biased.empty() ? " Of none is a bias seen (Bonferroni's 5 %)."
                        : " A bias is seen of " + biased + " (Bonferroni's 5 %).";
}

std::string of_variances(const Results& results, const Stage& stage) {
  const auto variance = results.summary(stage, "variance_trace"),
             half = results.summary(stage, "variance_trace_half_width"),
             lower = results.summary(stage, "variance_trace_lower"),
             upper = results.summary(stage, "variance_trace_upper"),
             p = results.summary(stage, "bias_p");
  const auto estimators = results.estimators(stage);
  const std::size_t E = estimators.size();
  std::string text;
  std::size_t told = 0;
  for (std::size_t cell = 0; cell < stage.cells() && told < 3; ++cell) {
    if (!stage.has(cell)) continue;
    std::vector<Contender> all;
    for (std::size_t e = 0; e < E; ++e) {
      const std::size_t i = cell * E + e;
      const double own = 0.5 * (at(upper, i) - at(lower, i));  // of one replicate
      all.push_back({estimators[e], at(variance, i), std::isnan(at(half, i)) ? own : at(half, i)});
    }
    const std::optional<Contender> given = all.empty() ? std::nullopt : std::optional(all[0]);
    all = ranked(all, false);
    if (all.empty()) continue;
    text += (told++ ? " " : "") + (stage.cells() > 1 ? stage.label(cell) : stage.name) + ": " +
            fmt::format("{} has the smallest variance, {}", all[0].name, of(all[0]));
    if (given && given->name != all[0].name && given->mean > 0)
      text += fmt::format(", {} of that of {}", rounded(all[0].mean / given->mean, 3), given->name);
    if (all.size() > 1) text += undecided(all[0], all[1]);
    text += "." + of_bias(estimators, p, cell);
  }
  return text.empty() ? stage.name + ": no estimator has a finite variance." : text;
}

}  // namespace

std::string answer_of(const Results& results, const Stage& stage) {
  if (stage.kind == "gradient") return of_variances(results, stage);
  return stage.kind == "evaluate" ? of_returns(results, stage, "return_mean", "mean return")
                                  : of_returns(results, stage, "return_final", "final return");
}

}  // namespace seedbed::analysis
