#include <cstdlib>
#include <seedbed/optimizer.hpp>

using namespace seedbed;

/// Parameter tables with one fault each.
namespace {

struct Still {
  std::size_t state_size(std::size_t) const { return 0; }
  void step(std::size_t, const double*, double*, double*) const {}
};

struct Bound : Still {
  static constexpr Info info{"wrong-bound", "1.0.0", "Wrong on purpose", "none"};
  static constexpr Parameter parameters[] = {
      {"decay", SEEDBED_REAL, "0.5", Range{0.0, 1.0}, "", "decay"}};
  Bound(const Values& values, const Context&) {
    if (values.real("decay") == 1.0) std::abort();
  }
};
struct Nameless : Still {
  static constexpr Info info{"wrong-nameless", "1.0.0", "Wrong on purpose", "none"};
  static constexpr Parameter parameters[] = {
      {"decay", SEEDBED_REAL, "0.5", Range{0.0, 1.0}, "", "decay"}};
  Nameless(const Values& values, const Context&) {
    if (values.real("decay") == 0.0) throw Error("something is wrong");
  }
};
struct Undocumented : Still {
  static constexpr Info info{"wrong-undocumented", "1.0.0", "Wrong on purpose", "none"};
  static constexpr Parameter parameters[] = {{"step", SEEDBED_REAL, "1.0", positive, "", ""}};
  Undocumented(const Values&, const Context&) {}
};

}  // namespace

SEEDBED_PLUGIN(optimizer<Bound>, optimizer<Nameless>, optimizer<Undocumented>)
