#include <seedbed/optimizer.hpp>

using namespace seedbed;

namespace {

/// Gradient ascent with momentum (README, equation 1).
///
///   v ← β v + ĝ        θ ← θ + α v
struct {{Name}} {
  static constexpr Info info{.name = "{{name}}",
                             .version = "0.1.0",
                             .summary = "Gradient ascent with momentum",
                             .source = "your paper, section, equation"};
  static constexpr Parameter parameters[] = {
      {"step", SEEDBED_REAL, "0.01", positive, "", "step size alpha"},
      {"beta", SEEDBED_REAL, "0.9", below_one, "", "share of the last direction that is kept"}};

  double alpha, beta;

  {{Name}}(const Values& values, const Context&)
      : alpha(values.real("step")), beta(values.real("beta")) {}

  std::size_t state_size(std::size_t d) const { return d; }

  void step(std::size_t d, const double* g, double* theta, double* v) const {
    for (std::size_t j = 0; j < d; ++j) {
      v[j] = beta * v[j] + g[j];
      theta[j] += alpha * v[j];
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(optimizer<{{Name}}>)
