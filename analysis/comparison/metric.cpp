#include "analysis/comparison/metric.hpp"

#include <algorithm>
#include <initializer_list>

#include "analysis/report/number.hpp"

namespace seedbed::comparison {

namespace {

bool begins_with_any(const std::string& name, std::initializer_list<const char*> beginnings) {
  return std::ranges::any_of(beginnings, [&](const char* each) { return name.starts_with(each); });
}

}  // namespace

std::string usual_metric(const std::string& kind) {
  return kind == "gradient" ? "variance_trace" : "return_mean";
}

Metric metric_of(const std::string& name, const std::string& units) {
  Metric metric{name, units};
  metric.is_ratio = begins_with_any(name, {"variance_trace", "variance_times", "mse"});
  if (metric.is_ratio || begins_with_any(name, {"bias_norm", "noise_scale", "variance"}))
    metric.better = Better::lower;
  if (name == "area" || begins_with_any(name, {"return_m", "reward_sum", "J", "cosine", "snr",
                                               "sign_agreement", "effective_sample_size"}))
    metric.better = Better::higher;
  return metric;
}

Metric steps_to(double level) {
  return {"steps to a return of " + analysis::rounded(level), "steps", Better::lower, false};
}

std::string described(const Metric& metric, const std::string& kind) {
  std::string text = metric.name;
  if (!metric.units.empty() && metric.units != "1") text += " (" + metric.units + ")";
  if (metric.name == "area") return text + ", under the curve of return_mean, as a mean height";
  if (kind == "learn" && metric.name != "J_final" && metric.units != "steps")
    text += ", mean over the last tenth of the iterations";
  return text;
}

}  // namespace seedbed::comparison
