#include "cli/source_table.hpp"

#include <fmt/format.h>

#include "engine/time_span.hpp"
#include "oracle/variance_sources.hpp"

namespace seedbed {

namespace {

std::optional<std::vector<NamedSources>> sources_of(const Configuration& configuration,
                                                    const std::vector<double>& theta) {
  Arena arena;
  return sources_of_ladder(DecisionProblem(configuration), theta, arena);
}

double sum_of(const std::vector<double>& parts) {
  double sum = 0.0;
  for (const double part : parts) sum += part;
  return sum;
}

double sum_of(const Dense& parts, const TimeSpan& span) {
  double sum = 0.0;
  for (std::uint64_t t = span.first; t < span.first + span.count; ++t) sum += row_sum(parts, t);
  return sum;
}

/// "12.34 %", or "-" where there is nothing to share.
std::string share(double part, double total) {
  return total > 0.0 ? fmt::format("{:.2f} %", 100.0 * part / total) : "-";
}

/// action and transition of a span, side by side for each estimator.
void print_span(const std::vector<NamedSources>& all, const std::string& label,
                const TimeSpan& span) {
  fmt::print("{:<9}", label);
  for (const NamedSources& each : all) {
    const double total = each.sources.total();
    fmt::print("  {:>10}  {:>10}", share(sum_of(each.sources.action, span), total),
               share(sum_of(each.sources.transition, span), total));
  }
  fmt::print("\n");
}

}  // namespace

void print_sources(const Configuration& configuration, const std::vector<double>& theta) {
  const auto all = sources_of(configuration, theta);
  if (!all) {
    fmt::print(
        "\nThe exact split by source is for tabular environments. sources = M in a gradient stage "
        "measures it by restarts, with any environment.\n");
    return;
  }
  fmt::print("\n{:<9}", "share of");
  for (const NamedSources& each : *all) fmt::print("  {:>22}", each.name);
  fmt::print("\n{:<9}", "tr Var(g)");
  for (std::size_t e = 0; e < all->size(); ++e)
    fmt::print("  {:>10}  {:>10}", "action", "transition");
  fmt::print("\n{:<9}", "initial");
  for (const NamedSources& each : *all)
    fmt::print("  {:>22}", share(sum_of(each.sources.initial), each.sources.total()));
  fmt::print("\n");
  const std::uint64_t H = configuration.objective.horizon;
  for (const TimeSpan& span : time_spans(H)) print_span(*all, "t = " + span.label(), span);
  print_span(*all, "all t", {0, H});
}

nlohmann::ordered_json json_of_sources(const Configuration& configuration,
                                       const std::vector<double>& theta) {
  const auto all = sources_of(configuration, theta);
  if (!all) return nullptr;
  auto json = nlohmann::ordered_json::array();
  for (const auto& [name, sources] : *all) {
    std::vector<double> action, transition;
    for (std::size_t t = 0; t < sources.action.rows; ++t) {
      action.push_back(row_sum(sources.action, t));
      transition.push_back(row_sum(sources.transition, t));
    }
    json.push_back({{"estimator", name},
                    {"total", sources.total()},
                    {"initial", sum_of(sources.initial)},
                    {"action", action},
                    {"transition", transition}});
  }
  return json;
}

}  // namespace seedbed
