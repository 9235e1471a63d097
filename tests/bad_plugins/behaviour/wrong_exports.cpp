#include <seedbed/optimizer.hpp>

using namespace seedbed;

/// A C++ function that every other library would see.
namespace exported {
__attribute__((visibility("default"))) double half(double x) {
  return 0.5 * x;
}
}  // namespace exported

namespace {

struct Still {
  static constexpr Info info{"wrong-exports", "1.0.0", "Wrong on purpose", "none"};
  Still(const Values&, const Context&) {}
  std::size_t state_size(std::size_t) const { return 0; }
  void step(std::size_t, const double*, double*, double*) const {}
};

}  // namespace

SEEDBED_PLUGIN(optimizer<Still>)
