#include <seedbed/optimizer.hpp>

using namespace seedbed;

/// A default that its own range refuses: so is the library, before anything is asked of it.
namespace {

struct Default {
  static constexpr Info info{"wrong-default", "1.0.0", "Wrong on purpose", "none"};
  static constexpr Parameter parameters[] = {
      {"step", SEEDBED_REAL, "-1.0", positive, "", "step size"}};
  Default(const Values&, const Context&) {}
  std::size_t state_size(std::size_t) const { return 0; }
  void step(std::size_t, const double*, double*, double*) const {}
};

}  // namespace

SEEDBED_PLUGIN(optimizer<Default>)
