#include <fmt/format.h>

#include <cmath>

#include "analysis/comparison/account.hpp"
#include "analysis/report/number.hpp"

namespace seedbed::comparison {

namespace {

using analysis::rounded;

enum class Finding { higher, lower, undecided, unknown };

Finding finding_of(const Row& row, double level) {
  if (std::isnan(row.p_holm)) return Finding::unknown;
  if (!(row.p_holm < 1 - level)) return Finding::undecided;
  return row.difference.t > 0 ? Finding::higher : Finding::lower;
}

std::string in_words(Finding finding, Better better) {
  if (better == Better::neither) return finding == Finding::higher ? "higher" : "lower";
  return (finding == Finding::higher) == (better == Better::higher) ? "better" : "worse";
}

std::string called(const std::string& name, const std::string& label) {
  return name.empty() ? label : name;
}

std::string p_text(double p) {
  return p < 1e-4 ? "p < 1e-4" : "p = " + rounded(p, 2);
}

/// "B is better: 2.1 more than A (1.7 to 2.5, p = 0.001)."
std::string decided(const StageComparison& stage, const Row& row, const Names& names,
                    Finding finding) {
  const std::string a = called(names.a, row.a.label), b = called(names.b, row.b.label);
  const std::string verdict = b + " is " + in_words(finding, stage.metric.better);
  const auto& x = row.difference.estimate;
  if (row.is_by_rank)
    return fmt::format("{} than {} by rank ({}; broken replicates: {} of {} against {} of {}).",
                       verdict, a, p_text(row.p_holm), row.b.broken, row.b.n, row.a.broken,
                       row.a.n);
  if (stage.metric.is_ratio)
    return fmt::format("{}: {} times that of {} ({} to {}, {}).", verdict, rounded(x.value, 3), a,
                       rounded(x.lower, 3), rounded(x.upper, 3), p_text(row.p_holm));
  const bool is_more = x.value > 0;
  return fmt::format("{}: {} {} than {} ({} to {}, {}).", verdict, rounded(std::abs(x.value), 3),
                     is_more ? "more" : "less", a, rounded(is_more ? x.lower : -x.upper, 3),
                     rounded(is_more ? x.upper : -x.lower, 3), p_text(row.p_holm));
}

std::string undecided(const StageComparison& stage, const Row& row, const Names& names) {
  const std::string a = called(names.a, row.a.label), b = called(names.b, row.b.label);
  std::string text =
      fmt::format("No difference is shown between {} and {} ({})", a, b, p_text(row.p_holm));
  if (std::isfinite(row.detectable))
    text += stage.metric.is_ratio
                ? fmt::format(": a true factor of {} would be found four times in five",
                              rounded(row.detectable, 3))
                : fmt::format(": a true difference of {} would be found four times in five",
                              rounded(row.detectable, 2));
  return text + ".";
}

std::string single(const StageComparison& stage, const Row& row, const Names& names) {
  switch (const Finding finding = finding_of(row, stage.level)) {
    case Finding::unknown:
      return "One replicate on a side says nothing of chance: no judgement.";
    case Finding::undecided:
      return undecided(stage, row, names);
    default:
      return decided(stage, row, names, finding);
  }
}

std::string cells(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " cell" : " cells");
}

}  // namespace

std::string verdict(const StageComparison& stage, const Names& names) {
  if (stage.rows.size() == 1) return single(stage, stage.rows[0], names);
  std::size_t count[4] = {};
  for (const Row& row : stage.rows) ++count[static_cast<std::size_t>(finding_of(row, stage.level))];
  const auto better = stage.metric.better;
  const auto good = better == Better::lower ? Finding::lower : Finding::higher,
             bad = better == Better::lower ? Finding::higher : Finding::lower;
  std::string text = fmt::format(
      "{}B is {} in {} of {}, {} in {}, and no difference is shown in {} (p < {:g} after Holm).",
      names.b.empty() ? "Against A, " : "", in_words(good, better),
      count[static_cast<std::size_t>(good)], cells(stage.rows.size()), in_words(bad, better),
      count[static_cast<std::size_t>(bad)], count[2], 1 - stage.level);
  if (count[3] > 0) text += " Of " + cells(count[3]) + " one replicate says nothing.";
  const Row* largest = nullptr;
  for (const Row& row : stage.rows) {
    const Finding finding = finding_of(row, stage.level);
    const bool shown = finding == Finding::higher || finding == Finding::lower;
    if (shown && (!largest || row.p_holm < largest->p_holm)) largest = &row;
  }
  if (largest) {
    const Names cell{names.a.empty() ? "" : names.a + " there", largest->b.label};
    text += " Clearest: " + decided(stage, *largest, names.a.empty() ? names : cell,
                                    finding_of(*largest, stage.level));
  }
  return text;
}

}  // namespace seedbed::comparison
