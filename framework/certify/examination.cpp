#include "certify/examination.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <seedbed/error.hpp>

#include "certify/field.hpp"
#include "certify/small_process.hpp"
#include "oracle/natural_direction.hpp"

namespace seedbed {

namespace {

/// Rounding of sums over thousands of batches, relative to what is summed.
constexpr double rounding = 1e-11;
/// A quadrature that leaves more open than this, relative, settles nothing but a far larger bias.
constexpr double resolution = 1e-6;

double square(const std::vector<double>& x) {
  double sum = 0.0;
  for (const double entry : x) sum += entry * entry;
  return sum;
}

double norm(const std::vector<double>& x) {
  return std::sqrt(square(x));
}

double largest(const std::vector<double>& x) {
  double most = 0.0;
  for (const double entry : x) most = std::max(most, std::abs(entry));
  return most;
}

const char* name_of(std::uint32_t value, std::initializer_list<const char*> names) {
  return value < names.size() ? names.begin()[value] : "unknown";
}

void describe(const EstimatorInUse& estimator, Certification& c) {
  const Plugin& plugin = estimator.instance.plugin();
  c.title = fmt::format("{} {}", plugin.title(), plugin.descriptor->version);
  c.estimand = name_of(estimator.info.estimand, {"gradient of J", "gradient of a smoothed J",
                                                 "natural direction", "gradient of a surrogate"});
  c.declared = name_of(estimator.info.bias, {"unbiased", "consistent", "biased"});
  c.coupling = name_of(estimator.info.coupling,
                       {"independent", "a U-statistic", "pairs", "a chain", "cross-iteration"});
  c.relative_bias = estimator.info.relative_bias;
}

/// The smallest variance of an unbiased estimate from one trajectory on the ladder.
double best_of(const VarianceLadder& ladder) {
  double best = INFINITY;
  for (const Rung& rung : ladder.rungs)
    if (rung.unbiased)
      best = std::min(best, rung.moments.trace() * static_cast<double>(rung.trajectories));
  return std::max(0.0, best);
}

/// What the bias is held against: the exact estimand. That of a smoothed J comes with the
/// enumeration, and a surrogate is held against J.
std::vector<double> estimand_of(const SmallProcess& process, const Certificate& certificate,
                                const VarianceLadder& ladder) {
  if (process.estimator().info.estimand == SEEDBED_NATURAL_DIRECTION)
    return natural_direction(ladder.reinforce.F, ladder.reinforce.gradient);
  return certificate.truth.gradient;
}

bool is_as_declared(const seedbed_estimator_info& info, const Behaviour& f, double allowed) {
  if (info.bias == SEEDBED_UNBIASED) return f.unbiased;
  if (info.bias != SEEDBED_BIASED || info.relative_bias == 0.0) return true;
  double off = 0.0;
  for (std::size_t j = 0; j < f.bias.size(); ++j)
    off = std::max(off, std::abs(f.bias[j] - info.relative_bias * f.truth[j]));
  return off <= allowed;
}

/// One number of episodes and one state.
class Examination {
 public:
  Examination(const std::string& name, const Suite& suite, std::size_t N, Certification& c)
      : name_(name), N_(N), process_(suite, N), ladder_(process_.ladder()), c_(c) {}

  SmallProcess& process() { return process_; }

  /// An estimator that has no answer to some batch has failed.
  void run() {
    try {
      find(false);
      if (!process_.estimator().state.empty()) find(true);
    } catch (const Error& error) {
      if (error.exit() != Exit::tasks_failed) throw;  // not the estimator's own failure
      c_.failure = fmt::format("FAIL on {} at N = {}: {}", name_, N_, error.what());
    }
  }

 private:
  void find(bool later) {
    const std::optional<Certificate> certificate = process_.certify(later);
    if (!certificate) {
      c_.omissions.push_back({name_, N_, later, "too many batches to enumerate"});
      return;
    }
    Behaviour f;
    f.process = name_;
    f.horizon = process_.objective().horizon;
    f.discount = process_.objective().discount;
    f.N = N_;
    f.later = later;
    f.truth = estimand_of(process_, *certificate, ladder_);
    f.bias = certificate->gradient.mean();
    for (std::size_t j = 0; j < f.bias.size(); ++j) f.bias[j] -= f.truth[j];
    f.variance = certificate->trace();
    // What is left of two equal squares: the estimate is the same whatever happens.
    if (f.variance <= 1e-14 * square(certificate->gradient.mean())) f.variance = 0.0;
    f.bias_error = certificate->mean_error;
    f.variance_error = certificate->trace_error;
    const auto N = static_cast<double>(N_);
    f.reinforce = ladder_.rungs.at(0).moments.trace() / N;
    f.best = best_of(ladder_) / N;
    const double scale = std::max(std::sqrt(f.variance), largest(f.truth));
    if (f.bias_error > resolution * scale && largest(f.bias) <= 4.0 * f.bias_error) {
      c_.omissions.push_back({name_, N_, later, "quadrature leaves too much of the mean open"});
      return;
    }
    const double allowed = rounding * scale + 2.0 * f.bias_error;
    f.unbiased = largest(f.bias) <= allowed;
    f.as_declared = is_as_declared(process_.estimator().info, f, allowed);
    c_.behaviours.push_back(std::move(f));
  }

  const std::string& name_;
  std::size_t N_;
  SmallProcess process_;
  VarianceLadder ladder_;
  Certification& c_;
};

void take_limit(const std::string& name, SmallProcess& process, Certification& c) {
  const auto once = process.bias_at_population(1), eight = process.bias_at_population(8);
  if (!once || !eight) return;
  const auto truth = process.ladder().reinforce.gradient;
  const double zero = 100.0 * rounding * norm(truth);
  Limit limit{name, norm(*once), norm(*eight)};
  limit.vanishes = limit.bias_of_eight <= std::max(zero, limit.bias / 4.0);
  c.limits.push_back(limit);
}

/// A direction that is not meant to be a gradient has a curl of its own.
bool asks_for_curl(const SmallProcess& process, const Certification& c) {
  return std::isnan(c.curl) && !c.behaviours.empty() && !c.behaviours.back().unbiased &&
         process.parameters() > 2 && process.estimator().info.estimand != SEEDBED_NATURAL_DIRECTION;
}

}  // namespace

void examine(const std::string& process, const Suite& suite, Certification& c) {
  const std::size_t largest_N = SmallProcess::largest_N(suite);
  for (std::size_t N = 1; N <= largest_N && c.failure.empty(); ++N) {
    Examination examination(process, suite, N, c);
    describe(examination.process().estimator(), c);
    examination.run();
    if (!c.failure.empty()) return;
    if (N == largest_N && c.declared == "consistent") take_limit(process, examination.process(), c);
    if (N == std::min<std::size_t>(2, largest_N) && asks_for_curl(examination.process(), c))
      c.curl = relative_curl(examination.process());
  }
}

}  // namespace seedbed
