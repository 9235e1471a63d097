#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <seedbed/drawing.hpp>
#include <seedbed/environment.hpp>
#include <stdexcept>
#include <vector>

using namespace seedbed;

/// A walk on the reals with one fault each, and the right one in the same frame.
/// tests/end_to_end/check_test.py shows which case of `seedbed check` catches which.
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// What a step of one walk is made of; a fault changes one thing of it.
struct None {
  static constexpr const char* name = "wrong-none";
  static double drift(const void*, std::size_t) { return 0.0; }
  static std::size_t lanes(std::size_t n) { return n; }
};
struct Throws : None {
  static constexpr const char* name = "wrong-throws";
  static double drift(const void*, std::size_t) { throw std::runtime_error("thrown on purpose"); }
};
struct Crashes : None {
  static constexpr const char* name = "wrong-crashes";
  static double drift(const void*, std::size_t) {
    volatile double* nowhere = nullptr;
    return *nowhere;
  }
};
struct Hangs : None {
  static constexpr const char* name = "wrong-hangs";
  static double drift(const void*, std::size_t) {
    for (;;) ::sleep(1);
  }
};
struct Hoards : None {
  static constexpr const char* name = "wrong-hoards";
  static double drift(const void*, std::size_t) {
    std::vector<std::vector<double>> hoard;
    for (;;) hoard.emplace_back(std::size_t{1} << 20, 1.0);
  }
};
struct Exits : None {
  static constexpr const char* name = "wrong-exits";
  static double drift(const void*, std::size_t) { std::_Exit(0); }
};
struct GivesNan : None {
  static constexpr const char* name = "wrong-nan";
  static double drift(const void*, std::size_t j) { return j == 41 ? nan : 0.0; }
};
struct HiddenState : None {
  static constexpr const char* name = "wrong-hidden-state";
  static double drift(const void*, std::size_t) {
    static double calls = 0.0;
    return calls += 1e-3;
  }
};
struct Clock : None {
  static constexpr const char* name = "wrong-time";
  static double drift(const void*, std::size_t) {
    return static_cast<double>(std::time(nullptr) % 1000);
  }
};
struct Rand : None {
  static constexpr const char* name = "wrong-rand";
  static double drift(const void*, std::size_t) { return std::rand() / 1e9; }
};
struct Address : None {
  static constexpr const char* name = "wrong-address";
  static double drift(const void* self, std::size_t) {
    return static_cast<double>(reinterpret_cast<std::uintptr_t>(self) >> 12 & 0xffff);
  }
};
struct Lane : None {
  static constexpr const char* name = "wrong-lane";
  static double drift(const void*, std::size_t j) { return 1e-9 * static_cast<double>(j); }
};
/// What comes after the last whole block of lanes is left as it was.
struct Blocks : None {
  static constexpr const char* name = "wrong-blocks";
  static std::size_t lanes(std::size_t n) { return n / SEEDBED_LANES * SEEDBED_LANES; }
};

///   x' = x + (a − ½) u + drift,  r = x',  the end: |x'| ≥ 2
template <class Fault>
struct Walk {
  static constexpr Info info{Fault::name, "1.0.0", "Wrong on purpose", "none: wrong on purpose"};
  Space observation = Space::box({{"x", "m", -1e6, 1e6}});
  Space action = Space::discrete("step", 2);

  Walk(const Values&, const Context&) {}
  void describe(EnvironmentInfo& about) const {
    about = {observation.raw(), action.raw(), 1, 0, 0, 1, 1, 0};
  }
  void reset(std::size_t n, In, In z, Out x, Out o, Scratch&) const {
    for (std::size_t j = 0; j < n; ++j) o(0, j) = x(0, j) = z(0, j);
  }
  void step(std::size_t n, In a, In u, In, Out x, Out o, double* r, double* end, Scratch&) const {
    for (std::size_t j = 0; j < Fault::lanes(n); ++j) {
      x(0, j) += (a(0, j) - 0.5) * u(0, j) + Fault::drift(this, j);
      o(0, j) = r[j] = x(0, j);
      end[j] = std::abs(x(0, j)) < 2.0 ? 0.0 : 1.0;
    }
  }
};

/// Rows that know their memory, as a plugin in C would find it.
struct WritesInputs : Walk<None> {
  static constexpr Info info{"wrong-writes-inputs", "1.0.0", "Wrong on purpose", "none"};
  using Walk<None>::Walk;
  void step(std::size_t n, In a, In u, In z, Out x, Out o, double* r, double* end,
            Scratch& scratch) const {
    Walk<None>::step(n, a, u, z, x, o, r, end, scratch);
    const_cast<double&>(*a.row(0)) = 1.0 - a(0, 0);
  }
};
struct HalfEnded : Walk<None> {
  static constexpr Info info{"wrong-half-ended", "1.0.0", "Wrong on purpose", "none"};
  using Walk<None>::Walk;
  void step(std::size_t n, In a, In u, In z, Out x, Out o, double* r, double* end,
            Scratch& scratch) const {
    Walk<None>::step(n, a, u, z, x, o, r, end, scratch);
    for (std::size_t j = 0; j < n; ++j) end[j] *= 0.5;
  }
};
/// Its rewards are those of the walk, which leaves [-1, 1].
struct Generous : Walk<None> {
  static constexpr Info info{"wrong-reward-bound", "1.0.0", "Wrong on purpose", "none"};
  using Walk<None>::Walk;
  static void bound(const void*, double* low, double* high) { *low = -1.0, *high = 1.0; }
  static constexpr seedbed_reward_bound reward_bound{bound};
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ENVIRONMENT_REWARD_BOUND, &reward_bound}};
};
/// Its picture has no place.
struct Nowhere : Walk<None> {
  static constexpr Info info{"wrong-drawing", "1.0.0", "Wrong on purpose", "none"};
  using Walk<None>::Walk;
  View view() const { return {-1.0, -1.0, 1.0, 1.0}; }
  void draw(const double* x, const double*, Canvas& canvas) const {
    canvas.circle(SEEDBED_INK_BODY, x[0] / 0.0, 0.0, 1.0);
  }
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ENVIRONMENT_DRAWING, &abi::environment_drawing<Nowhere>}};
};

}  // namespace

SEEDBED_PLUGIN(environment<Walk<None>>, environment<Walk<Throws>>, environment<Walk<Crashes>>,
               environment<Walk<Hangs>>, environment<Walk<Hoards>>, environment<Walk<Exits>>,
               environment<Walk<GivesNan>>, environment<Walk<HiddenState>>,
               environment<Walk<Clock>>, environment<Walk<Rand>>, environment<Walk<Address>>,
               environment<Walk<Lane>>, environment<Walk<Blocks>>, environment<WritesInputs>,
               environment<HalfEnded>, environment<Generous>, environment<Nowhere>)
