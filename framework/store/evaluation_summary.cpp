#include "store/evaluation_summary.hpp"

#include <algorithm>

#include "store/statistic.hpp"

namespace seedbed {

namespace {

constexpr Declaration of_evaluations[] = {
    {"/summary/<evaluate>/<name>", "<axes>", "<units>", "<long_name>, mean over replicates"},
    {"/summary/<evaluate>/<name>_half_width", "<axes>", "<units>",
     "half width of its 95 % interval (Student's t)"},
    {"/summary/<evaluate>/<name>_min", "<axes>", "<units>", "<long_name>, over replicates"},
    {"/summary/<evaluate>/<name>_max", "<axes>", "<units>", "<long_name>, over replicates"},
    {"/summary/<evaluate>/replicates", "<axes>", "1", "replicates that are there"},
    {"/summary/<evaluate>/diverged", "<axes>", "1",
     "share of replicates whose theta diverged; they are in no mean"}};

/// The declaration `/summary/<evaluate>/name` with the words of a quantity filled in.
Meaning meaning_of_summary(const std::string& name, const Meaning& quantity = {}) {
  return declared(of_evaluations, "/summary/<evaluate>/" + name)
      .meaning({{"units", quantity.units}, {"long_name", quantity.long_name}});
}

/// Of a quantity over replicates: extremes of extremes, else the mean.
double middle_of(const std::string& name, const std::vector<double>& values) {
  if (values.empty()) return nan;
  if (name.ends_with("_min")) return std::ranges::min(values);
  if (name.ends_with("_max")) return std::ranges::max(values);
  return mean_interval(values).mean;
}

bool is_extreme(const std::string& name) {
  return name.ends_with("_min") || name.ends_with("_max");
}

}  // namespace

Declarations EvaluationSummary::datasets() {
  return of_evaluations;
}

void EvaluationSummary::add(std::size_t cell, const Reader& run) {
  ++replicates_[cell];
  if (run.text_attribute("/", "status") == "diverged") ++diverged_[cell];
  if (!run.has("/evaluation")) return;
  for (const std::string& name : run.names("/evaluation")) {
    const std::string path = "/evaluation/" + name;
    if (run.type(path) != Reader::Type::real || !run.shape(path).empty()) continue;
    auto& values = values_[name];
    if (values.empty()) {
      order_.push_back(name);
      meanings_[name] = {run.text_attribute(path, "units").value_or("1"),
                         run.text_attribute(path, "long_name").value_or("")};
      values.resize(replicates_.size());
    }
    values[cell].push_back(run.reals(path)[0]);
  }
}

void EvaluationSummary::write_means(Writer& writer, const std::string& group,
                                    const Dimensions& axes) const {
  for (const std::string& name : order_) {
    const Meaning& meaning = meanings_.at(name);
    std::vector<double> middle, half;
    for (const std::vector<double>& values : values_.at(name)) {
      middle.push_back(middle_of(name, values));
      half.push_back(mean_interval(values).half_width);
    }
    writer.put(group + "/" + name, axes, middle,
               meaning_of_summary(
                   is_extreme(name) ? "<name>" + name.substr(name.size() - 4) : "<name>", meaning));
    if (is_extreme(name)) continue;
    writer.put(group + "/" + name + "_half_width", axes, half,
               meaning_of_summary("<name>_half_width", meaning));
  }
}

void EvaluationSummary::write(Writer& writer, const std::string& group,
                              const Dimensions& axes) const {
  write_means(writer, group, axes);
  std::vector<double> diverged;
  for (std::size_t cell = 0; cell < replicates_.size(); ++cell)
    diverged.push_back(replicates_[cell] > 0 ? diverged_[cell] / replicates_[cell] : nan);
  writer.put(group + "/replicates", axes, replicates_, meaning_of_summary("replicates"));
  writer.put(group + "/diverged", axes, diverged, meaning_of_summary("diverged"));
}

}  // namespace seedbed
