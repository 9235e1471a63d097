#include "limit/linear.hpp"

#include <algorithm>
#include <cstring>

#include "limit/cartpole.hpp"
#include "limit/uniforms.hpp"

namespace seedbed::limit {

namespace {

constexpr std::size_t horizon = 500, span = 512;

/// What a block of lanes did in `span` ticks, all of them starting anew.
struct Tape {
  alignas(64) double s[span][4][lanes], action[span][lanes], p1[span][lanes], log_prob[span][lanes];
  alignas(64) double reward[span][lanes], ended[span][lanes];
};

struct Fused {
  const double* theta;
  std::uint32_t key, tick = 0;
  Cartpoles c;
  alignas(64) double t[lanes] = {};
  Tape tape;

  void start(std::size_t j) {
    double u[4];
    uniforms(key ^ static_cast<std::uint32_t>(j) << 16, ~tick, 1, u, u + 1);
    uniforms(key ^ static_cast<std::uint32_t>(j) << 16, ~tick - 0x40000000u, 1, u + 2, u + 3);
    c.reset(j, u);
    t[j] = 0.0;
  }

  /// The action of every lane from u, recorded at tick k of the tape.
  void act(const double* u, std::size_t k) {
    const double w[4] = {theta[4] - theta[0], theta[5] - theta[1], theta[6] - theta[2],
                         theta[7] - theta[3]};
    double(&s)[4][lanes] = tape.s[k];
#pragma omp simd
    for (std::size_t j = 0; j < lanes; ++j) {
      const double d =
          w[0] * c.x[j] + w[1] * c.x_dot[j] + w[2] * c.theta[j] + w[3] * c.theta_dot[j];
      const double size = d < 0.0 ? -d : d, e = exp(size > 600.0 ? -600.0 : -size);
      const double likely = 1.0 / (1.0 + e), p1 = d < 0.0 ? 1.0 - likely : likely;
      const double a = u[j] < p1 ? 1.0 : 0.0;
      const double against = (d < 0.0 ? -1.0 : 1.0) * (2.0 * a - 1.0);  // 1: the likelier one
      s[0][j] = c.x[j];
      s[1][j] = c.x_dot[j];
      s[2][j] = c.theta[j];
      s[3][j] = c.theta_dot[j];
      tape.action[k][j] = a;
      tape.p1[k][j] = p1;
      tape.log_prob[k][j] = -log1p(e) - (against < 0.0 ? size : 0.0);
      tape.reward[k][j] = 1.0;
    }
  }

  std::uint64_t advance(std::size_t k) {
    double any = 0.0;
#pragma omp simd reduction(+ : any)
    for (std::size_t j = 0; j < lanes; ++j) {
      t[j] += 1.0;
      const double end = t[j] >= static_cast<double>(horizon) ? 1.0 : c.ended[j];
      tape.ended[k][j] = end;
      any += end;
    }
    if (any > 0.0)
      for (std::size_t j = 0; j < lanes; ++j)
        if (tape.ended[k][j] != 0.0) start(j);
    return static_cast<std::uint64_t>(any);
  }

  std::uint64_t run_span() {
    std::uint64_t ended = 0;
    alignas(64) double u[2][lanes];
    for (std::size_t k = 0; k < span; k += 2) {
      uniforms(key, tick, lanes, u[0], u[1]);
      for (std::size_t half = 0; half < 2; ++half) {
        act(u[half], k + half);
        c.step(tape.action[k + half]);
        ++tick;
        ended += advance(k + half);
      }
    }
    return ended;
  }
};

/// Backwards through a tape: G_t, and a contribution sum_t G_t (a_t - p1) s_t for each episode that
/// ends in it. What is under way at its end is dropped.
struct Backward {
  alignas(64) double G[lanes], g[4][lanes], known[lanes];
  std::vector<double> contributions;

  void run(const Tape& tape) {
    std::memset(G, 0, sizeof G);
    std::memset(g, 0, sizeof g);
    std::memset(known, 0, sizeof known);
    for (std::size_t k = span; k-- > 0;) {
      double any = 0.0;
#pragma omp simd reduction(+ : any)
      for (std::size_t j = 0; j < lanes; ++j) any += tape.ended[k][j];
      if (any > 0.0)
        for (std::size_t j = 0; j < lanes; ++j)
          if (tape.ended[k][j] != 0.0) flush(j);
#pragma omp simd
      for (std::size_t j = 0; j < lanes; ++j) {
        G[j] += tape.reward[k][j];
        const double weight = G[j] * (tape.action[k][j] - tape.p1[k][j]);
        for (std::size_t i = 0; i < 4; ++i) g[i][j] += weight * tape.s[k][i][j];
      }
    }
    for (std::size_t j = 0; j < lanes; ++j) flush(j);
  }

  void flush(std::size_t j) {
    for (std::size_t i = 0; i < 4; ++i) {
      if (known[j] != 0.0) contributions.push_back(g[i][j]);
      g[i][j] = 0.0;
    }
    G[j] = 0.0;
    known[j] = 1.0;
  }
};

}  // namespace

Work cartpole_steps(std::uint64_t steps) {
  Cartpoles c;
  alignas(64) double action[2][lanes] = {};
  const double u[4] = {0.6, 0.6, 0.6, 0.6};
  for (std::size_t j = 0; j < lanes; ++j) action[j % 2][j] = 1.0;
  Work work;
  for (; work.steps < steps; work.steps += lanes) {
    if (work.steps % (64 * lanes) == 0)
      for (std::size_t j = 0; j < lanes; ++j) c.reset(j, u);
    c.step(action[work.steps / lanes % 2]);
    asm volatile("" : : "r"(&c) : "memory");
  }
  return work;
}

Work linear_rollout(const double* theta, std::uint64_t episodes, bool with_gradient,
                    std::uint32_t key) {
  static Fused fused;
  static Backward backward;
  fused.theta = theta;
  fused.key = key;
  fused.tick = 0;
  Work work;
  backward.contributions.clear();
  while (work.episodes < episodes) {
    for (std::size_t j = 0; j < lanes; ++j) fused.start(j);
    work.episodes += fused.run_span();
    work.steps += span * lanes;
    if (with_gradient) backward.run(fused.tape);
    asm volatile("" : : "r"(&fused.tape) : "memory");
  }
  for (std::size_t n = 0; n < backward.contributions.size(); n += 4)
    for (std::size_t i = 0; i < 4; ++i) work.gradient[4 + i] += backward.contributions[n + i];
  for (std::size_t i = 0; i < 4; ++i) {
    work.gradient[4 + i] /= static_cast<double>(work.episodes);
    work.gradient[i] = -work.gradient[4 + i];
  }
  return work;
}

}  // namespace seedbed::limit
