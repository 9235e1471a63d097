#include <seedbed/optimizer.hpp>

using namespace seedbed;

namespace {

/// Stochastic gradient ascent (README, equation 1).
///
///   θ ← θ + α ĝ
///
/// Source: Robbins & Monro 1951.
struct Sgd {
  static constexpr Info info{.name = "sgd",
                             .version = "1.0.0",
                             .summary = "Stochastic gradient ascent with a constant step size",
                             .source = "H. Robbins and S. Monro, A stochastic approximation method, "
                                       "1951"};
  static constexpr Parameter parameters[] = {
      {"step", SEEDBED_REAL, "0.01", positive, "", "step size alpha"}};

  double alpha;

  Sgd(const Values& values, const Context&) : alpha(values.real("step")) {}

  std::size_t state_size(std::size_t) const { return 0; }

  void step(std::size_t d, const double* g, double* theta, double*) const {
    for (std::size_t j = 0; j < d; ++j) theta[j] += alpha * g[j];
  }
};

}  // namespace

SEEDBED_PLUGIN(optimizer<Sgd>)
