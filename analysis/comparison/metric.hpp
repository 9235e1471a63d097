#pragma once
#include <string>

namespace seedbed::comparison {

enum class Better { higher, lower, neither };

/// What is compared: one number per replicate.
struct Metric {
  std::string name;   ///< A dataset of the stage in results.h5, or "area".
  std::string units;  ///< As the file says them.
  Better better = Better::neither;
  bool is_ratio = false;  ///< Positive by its nature, and compared by factors: variances.
};

/// What a stage of this kind is compared by when nobody says: learn and evaluate by return_mean,
/// gradient by variance_trace.
std::string usual_metric(const std::string& kind);

/// Returns, J, cosines and signal-to-noise are better when higher; variances, errors, biases when
/// lower; of all else nobody knows.
Metric metric_of(const std::string& name, const std::string& units);

/// Environment steps until the return is first at least `level`; fewer are better.
Metric steps_to(double level);

/// "return_mean (reward), mean over the last tenth of the iterations"
std::string described(const Metric& metric, const std::string& kind);

}  // namespace seedbed::comparison
