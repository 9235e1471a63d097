#include <seedbed/linear.hpp>
#include <seedbed/policy.hpp>
#include <seedbed/segment_run.hpp>
#include <seedbed/softmax.hpp>

using namespace seedbed;

namespace {

/// z_1 - z_0 = (W_1 - W_0) s of two actions, computed where it is used.
struct Preference {
  const double* W;
  std::size_t f;
  In s;

  [[gnu::always_inline]] auto operator()(auto lanes) const {
    return row_times(
        lanes, [this](std::size_t k) { return W[f + k] - W[k]; }, f, s);
  }
};

/// A softmax over linear preferences (README, equations 1 and 2).
///
///   π(a∣s) = exp (W s)_a / Σ_b exp (W s)_b        ∂ log π(a∣s) / ∂W[b][k] = (1{a = b} − π(b∣s))
///   s_k
///
/// Source: Sutton & Barto 2018, section 13.1.
struct LinearSoftmax {
  static constexpr Info info{
      .name = "linear-softmax",
      .version = "1.0.0",
      .summary = "Softmax with preferences that are linear in the observation",
      .source = "R. S. Sutton and A. G. Barto, Reinforcement learning, 2018, section 13.1"};
  static constexpr Parameter parameters[] = {
      {"init_scale", SEEDBED_REAL, "0.0", non_negative, "", "standard deviation of theta_0"}};

  std::size_t A, f;
  double init_scale;
  seedbed_block W_block;

  LinearSoftmax(const Values& values, const Context& context)
      : A(discrete(context.action, "action").count),
        f(box(context.observation, "observation").size),
        init_scale(values.real("init_scale")),
        W_block{"W", 0, A, f} {}

  void describe(PolicyInfo& about) const {
    about = {A * f, &W_block, 1, 0, init_scale > 0.0 ? A * f : 0, 1, 0};
  }

  void init(const double*, const double* normal, double* theta) const {
    for (std::size_t i = 0; i < A * f; ++i)
      theta[i] = init_scale > 0.0 ? init_scale * normal[i] : 0.0;
  }

  void act(const double* W, const Samples& samples, In uniform, In, Out action, double* log_prob,
           Scratch& scratch) const {
    if (A == 2)
      return of_two(W, samples.observation).act(samples.n, uniform.row(0), action.row(0), log_prob);
    Softmax pi(A, scratch);
    for (std::size_t j = 0; j < samples.n; j += Softmax::capacity) {
      const std::size_t n = std::min(Softmax::capacity, samples.n - j);
      fill(pi, W, samples.observation, j, n);
      pi.act(n, uniform.row(0) + j, action.row(0) + j, log_prob + j);
    }
  }

  void log_prob(const double* W, const Samples& samples, double* log_prob, Scratch& scratch) const {
    if (A == 2)
      return of_two(W, samples.observation).log_prob(samples.n, samples.action.row(0), log_prob);
    Softmax pi(A, scratch);
    for (std::size_t j = 0; j < samples.n; j += Softmax::capacity) {
      const std::size_t n = std::min(Softmax::capacity, samples.n - j);
      fill(pi, W, samples.observation, j, n);
      pi.log_prob(n, samples.action.row(0) + j, log_prob + j);
    }
  }

  void score(const double* W, const Samples& samples, Weights weights, Segments segments, double* G,
             Scratch& scratch) const {
    const std::size_t K = weights.count, rows = A == 2 ? 1 : A;  // of two the second is minus the
    Softmax pi(A, scratch);                                      // first
    OuterSums sums(K * rows, f, scratch);
    const Out D(scratch.take(K * rows * Softmax::capacity), Softmax::capacity);
    const auto target = [&](std::size_t i) {
      return G + (i / rows * segments.count * A + i % rows) * f;
    };
    for (SegmentRun run(segments); run.next();) {
      const In s = from(samples.observation, run.first);
      const In psi = scores(pi, W, s, samples.action.row(0) + run.first, run.count);
      for (std::size_t i = 0; i < K * rows; ++i) {
        const double *w = weights.w.row(i / rows) + run.first, *of_a = psi.row(i % rows);
        double* __restrict weighted = D.row(i);
        for (std::size_t j = 0; j < run.count; ++j) weighted[j] = w[j] * of_a[j];
      }
      sums.add(run, D, s, A * f, target);
    }
    for (std::size_t s = 0; A == 2 && s < K * segments.count; ++s)
      for (double *g = G + s * 2 * f, *end = g + f; g < end; ++g) g[f] = -g[0];
  }

  static std::uint64_t actions(const void* self) { return abi::as<LinearSoftmax>(self).A; }
  static int32_t probabilities(const void* self, const double* W, std::uint64_t n_all,
                               const std::int64_t*, seedbed_in observation, seedbed_out p,
                               seedbed_scratch* scratch, seedbed_message* message) {
    return abi::guarded(message, [&] {
      const auto& policy = abi::as<LinearSoftmax>(self);
      if (policy.A == 2) return policy.of_two(W, observation).probabilities(n_all, p);
      Scratch memory(scratch);
      Softmax pi(policy.A, memory);
      for (std::size_t j = 0; j < n_all; j += Softmax::capacity) {
        const std::size_t n = std::min<std::size_t>(Softmax::capacity, n_all - j);
        policy.fill(pi, W, observation, j, n);
        const In of = pi.probabilities(n);
        for (std::size_t a = 0; a < policy.A; ++a) std::copy_n(of.row(a), n, Out(p).row(a) + j);
      }
    });
  }
  static constexpr seedbed_enumerate enumerate{actions, probabilities};
  static constexpr seedbed_capability capabilities[] = {{SEEDBED_POLICY_ENUMERATE, &enumerate}};

 private:
  SoftmaxOfTwo<Preference> of_two(const double* W, In s) const { return {Preference{W, f, s}}; }

  /// 1{a = b} - pi(b|s) of n samples in row b of what it gives; of two actions in row 0 alone.
  In scores(Softmax& pi, const double* W, In s, const double* action, std::size_t n) const {
    if (A == 2) {
      of_two(W, s).scores(n, action, pi.logits().row(0));
      return pi.logits();
    }
    fill(pi, W, s, 0, n);
    return pi.scores(n, action);
  }

  /// z = W s of the samples first .. first+n-1.
  void fill(Softmax& pi, const double* W, In s, std::size_t first, std::size_t n) const {
    linear(W, A, f, from(s, first), pi.logits(), n);
  }
};

}  // namespace

SEEDBED_PLUGIN(policy<LinearSoftmax>)
