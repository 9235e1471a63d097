#include <seedbed/policy.hpp>
#include <seedbed/segment_run.hpp>
#include <seedbed/softmax.hpp>

using namespace seedbed;

namespace {

/// A softmax over the actions for each of finitely many observations (README, equations 1 and 2).
///
///   π(a∣s) = exp θ[s][a] / Σ_b exp θ[s][b]        ∂ log π(a∣s) / ∂θ[s][b] = 1{a = b} − π(b∣s)
///
/// Source: Sutton & Barto 2018, section 13.1.
struct TabularSoftmax {
  static constexpr Info info{
      .name = "tabular-softmax",
      .version = "1.0.0",
      .summary = "Softmax with one preference for each observation and action",
      .source = "R. S. Sutton and A. G. Barto, Reinforcement learning, 2018, section 13.1"};
  static constexpr Parameter parameters[] = {
      {"init_scale", SEEDBED_REAL, "0.0", non_negative, "", "standard deviation of theta_0"}};

  std::size_t S, A;
  double init_scale;
  seedbed_block theta_block;

  TabularSoftmax(const Values& values, const Context& context)
      : S(discrete(context.observation, "observation").count),
        A(discrete(context.action, "action").count),
        init_scale(values.real("init_scale")),
        theta_block{"theta", 0, S, A} {}

  void describe(PolicyInfo& about) const {
    about = {S * A, &theta_block, 1, 0, init_scale > 0.0 ? S * A : 0, 1, 0};
  }

  void init(const double*, const double* normal, double* theta) const {
    for (std::size_t i = 0; i < S * A; ++i)
      theta[i] = init_scale > 0.0 ? init_scale * normal[i] : 0.0;
  }

  void act(const double* theta, const Samples& samples, In uniform, In, Out action,
           double* log_prob, Scratch& scratch) const {
    Softmax pi(A, scratch);
    for (std::size_t j = 0; j < samples.n; j += Softmax::capacity) {
      const std::size_t n = std::min(Softmax::capacity, samples.n - j);
      fill(pi, theta, samples.observation.row(0) + j, n);
      pi.act(n, uniform.row(0) + j, action.row(0) + j, log_prob + j);
    }
  }

  void log_prob(const double* theta, const Samples& samples, double* log_prob,
                Scratch& scratch) const {
    Softmax pi(A, scratch);
    for (std::size_t j = 0; j < samples.n; j += Softmax::capacity) {
      const std::size_t n = std::min(Softmax::capacity, samples.n - j);
      fill(pi, theta, samples.observation.row(0) + j, n);
      pi.log_prob(n, samples.action.row(0) + j, log_prob + j);
    }
  }

  void score(const double* theta, const Samples& samples, Weights weights, Segments segments,
             double* G, Scratch& scratch) const {
    Softmax pi(A, scratch);
    std::fill_n(G, weights.count * segments.count * S * A, 0.0);
    for (SegmentRun run(segments); run.next();) {
      const double* s = samples.observation.row(0) + run.first;
      fill(pi, theta, s, run.count);
      const In psi = pi.scores(run.count, samples.action.row(0) + run.first);
      for (std::size_t k = 0; k < weights.count; ++k)
        for (std::size_t a = 0; a < A; ++a)
          for (const SegmentRun::Piece& piece : run.pieces())
            add(weights.w.row(k) + run.first + piece.offset, psi.row(a) + piece.offset,
                s + piece.offset, piece.length,
                G + (k * segments.count + piece.segment) * S * A + a);
    }
  }

  static std::uint64_t actions(const void* self) { return abi::as<TabularSoftmax>(self).A; }
  static int32_t probabilities(const void* self, const double* theta, std::uint64_t n_all,
                               const std::int64_t*, seedbed_in observation, seedbed_out p,
                               seedbed_scratch* scratch, seedbed_message* message) {
    return abi::guarded(message, [&] {
      const auto& policy = abi::as<TabularSoftmax>(self);
      Scratch memory(scratch);
      Softmax pi(policy.A, memory);
      for (std::size_t j = 0; j < n_all; j += Softmax::capacity) {
        const std::size_t n = std::min<std::size_t>(Softmax::capacity, n_all - j);
        policy.fill(pi, theta, observation.data + j, n);
        const In of = pi.probabilities(n);
        for (std::size_t a = 0; a < policy.A; ++a) std::copy_n(of.row(a), n, Out(p).row(a) + j);
      }
    });
  }
  static constexpr seedbed_enumerate enumerate{actions, probabilities};
  static constexpr seedbed_capability capabilities[] = {{SEEDBED_POLICY_ENUMERATE, &enumerate}};

 private:
  /// z_a = theta[s][a] of n samples.
  void fill(Softmax& pi, const double* theta, const double* s, std::size_t n) const {
    const Out z = pi.logits();
    for (std::size_t j = 0; j < n; ++j) {
      const double* preference = theta + index(s[j], S) * A;
      for (std::size_t a = 0; a < A; ++a) z(a, j) = preference[a];
    }
  }

  /// G[s_j][a] += w_j psi_j, in the order of j; G points at action a.
  void add(const double* w, const double* psi, const double* s, std::size_t n, double* G) const {
    for (std::size_t j = 0; j < n; ++j) G[index(s[j], S) * A] += w[j] * psi[j];
  }
};

}  // namespace

SEEDBED_PLUGIN(policy<TabularSoftmax>)
