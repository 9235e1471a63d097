#include <seedbed/baseline.hpp>

using namespace seedbed;

namespace {

/// b_t = value_t: one number for all steps, or one per step (README, equation 1).
struct Constant {
  static constexpr Info info{.name = "constant",
                             .version = "1.0.0",
                             .summary = "A given number, or one per step",
                             .source = "R. J. Williams, 1992, section 4"};
  static constexpr Parameter parameters[] = {
      {"value", SEEDBED_REALS, nullptr, any, "reward", "b, or b_0, b_1, ... one per step"}};

  std::vector<double> value;

  Constant(const Values& values, const Context& context) : value(values.reals("value")) {
    if (value.size() != 1 && value.size() != context.horizon)
      throw values.error("value", "expected 1 number, or one for each of the " +
                                      std::to_string(context.horizon) + " steps, got " +
                                      std::to_string(value.size()));
  }

  void describe(std::size_t, BaselineInfo& about) const { about.dependence = SEEDBED_NOTHING; }

  void values(const Batch&, const seedbed_targets& targets, const double*, double* b,
              Scratch&) const {
    if (value.size() != 1 && value.size() != targets.steps)
      throw Error("parameter 'value': expected 1 number for whole returns, got " +
                      std::to_string(value.size()),
                  Exit::plugin);
    for (std::size_t e = 0; e < targets.count; ++e)
      b[e] = value.size() == 1 ? value[0] : value[static_cast<std::size_t>(targets.t[e])];
  }
};

}  // namespace

SEEDBED_PLUGIN(baseline<Constant>)
