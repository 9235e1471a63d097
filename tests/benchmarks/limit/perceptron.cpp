#include "limit/perceptron.hpp"

#include <cmath>
#include <cstring>
#include <vector>

#include "limit/cartpole.hpp"
#include "limit/network.hpp"
#include "limit/uniforms.hpp"

namespace seedbed::limit {

namespace {

constexpr std::size_t horizon = 500, span = 512;

/// What a block of lanes did, lane by lane, so that a trajectory is contiguous.
template <class Real>
struct Trajectories {
  alignas(64) Real s[lanes][4][span];
  alignas(64) double action[lanes][span], p1[lanes][span], log_prob[lanes][span];
  alignas(64) double reward[lanes][span];
  std::vector<std::size_t> ends[lanes];
};

template <class Real>
struct Actor {
  Actor(const Network<Real>& of, std::uint32_t its_key) : network(of), key(its_key) {}

  const Network<Real>& network;
  std::uint32_t key, tick = 0;
  Cartpoles c;
  std::size_t t[lanes];
  alignas(64) Real s[4][lanes], h1[width][lanes], h2[width][lanes], z[2][lanes];

  void start(std::size_t j) {
    double u[4];
    uniforms(key ^ static_cast<std::uint32_t>(j) << 16, ~tick, 1, u, u + 1);
    uniforms(key ^ static_cast<std::uint32_t>(j) << 16, ~tick - 0x40000000u, 1, u + 2, u + 3);
    c.reset(j, u);
    t[j] = 0;
  }

  void act(const double* u, double* action, double* p1, double* log_prob) {
#pragma omp simd
    for (std::size_t j = 0; j < lanes; ++j) {
      s[0][j] = static_cast<Real>(c.x[j]);
      s[1][j] = static_cast<Real>(c.x_dot[j]);
      s[2][j] = static_cast<Real>(c.theta[j]);
      s[3][j] = static_cast<Real>(c.theta_dot[j]);
    }
    network.template forward<lanes>(s, h1, h2, z);
#pragma omp simd
    for (std::size_t j = 0; j < lanes; ++j) {
      const double d = static_cast<double>(z[1][j]) - static_cast<double>(z[0][j]);
      const double size = d < 0.0 ? -d : d, e = exp(size > 600.0 ? -600.0 : -size);
      const double likely = 1.0 / (1.0 + e);
      p1[j] = d < 0.0 ? 1.0 - likely : likely;
      action[j] = u[j] < p1[j] ? 1.0 : 0.0;
      const double against = (d < 0.0 ? -1.0 : 1.0) * (2.0 * action[j] - 1.0);
      log_prob[j] = -log1p(e) - (against < 0.0 ? size : 0.0);
    }
  }

  std::uint64_t run(Trajectories<Real>& to) {
    alignas(64) double u[2][lanes], action[lanes], p1[lanes], log_prob[lanes];
    std::uint64_t ended = 0;
    for (std::size_t j = 0; j < lanes; ++j) {
      start(j);
      to.ends[j].clear();
    }
    for (std::size_t k = 0; k < span; ++k, ++tick) {
      if (k % 2 == 0) uniforms(key, tick, lanes, u[0], u[1]);
      act(u[k % 2], action, p1, log_prob);
      c.step(action);
      for (std::size_t j = 0; j < lanes; ++j) {
        for (std::size_t i = 0; i < 4; ++i) to.s[j][i][k] = s[i][j];
        to.action[j][k] = action[j];
        to.p1[j][k] = p1[j];
        to.log_prob[j][k] = log_prob[j];
        to.reward[j][k] = 1.0;
        if (++t[j] < horizon && c.ended[j] == 0.0) continue;
        to.ends[j].push_back(k + 1);
        ++ended;
        start(j);
      }
    }
    return ended;
  }
};

/// The gradient's contributions of the trajectories of one lane after the other: activations and
/// their derivatives of all its samples, 48 at a time, then one product per trajectory and layer.
template <class Real>
struct Backward {
  static constexpr std::size_t chunk = 48, per_pack = 64 / sizeof(Real);

  explicit Backward(const Network<Real>& of) : network(of) {}

  const Network<Real>& network;
  alignas(64) Real s[4][chunk], h1[width][chunk], h2[width][chunk], z[2][chunk];
  alignas(64) Real D2[width][chunk], D1[width][chunk];
  // of all samples, one after another
  alignas(64) Real all_s[span][per_pack], all_h1[span][width], all_h2[span][width];
  alignas(64) Real all_D1[span][width], all_D2[span][width], all_D3[span];
  double weight[span];
  alignas(64) Real g1[width][per_pack], g2[width][width], g3[width], bias1[width], bias2[width];
  std::vector<double> sum = std::vector<double>(perceptron_parameters);

  void derivatives(const Trajectories<Real>& from, std::size_t lane, std::size_t first) {
    for (std::size_t i = 0; i < 4; ++i) std::memcpy(s[i], from.s[lane][i] + first, sizeof s[i]);
    network.template forward<chunk>(s, h1, h2, z);
    Real d[chunk];
    for (std::size_t j = 0; j < chunk; ++j)
      d[j] = static_cast<Real>(weight[first + j] *
                               (from.action[lane][first + j] - from.p1[lane][first + j]));
    for (std::size_t o = 0; o < width; ++o) {
      const Real w = network.W3[width + o] - network.W3[o];
#pragma omp simd
      for (std::size_t j = 0; j < chunk; ++j) D2[o][j] = d[j] * w * (1 - h2[o][j] * h2[o][j]);
    }
    dense<Real, width, width, chunk>(network.W2_transposed, nullptr, D2, D1);
    Real *D = D1[0], *h = h1[0];
#pragma omp simd
    for (std::size_t j = 0; j < width * chunk; ++j) D[j] *= 1 - h[j] * h[j];
    for (std::size_t j = 0; j < chunk; ++j) {
      all_D3[first + j] = d[j];
      for (std::size_t i = 0; i < 4; ++i) all_s[first + j][i] = s[i][j];
      for (std::size_t o = 0; o < width; ++o) {
        all_h1[first + j][o] = h1[o][j];
        all_h2[first + j][o] = h2[o][j];
        all_D1[first + j][o] = D1[o][j];
        all_D2[first + j][o] = D2[o][j];
      }
    }
  }

  /// g[o][i] = sum_t D[t][o] h[t][i].
  template <std::size_t In>
  void outer(const Real (*D)[width], const Real (*h)[In], std::size_t begin, std::size_t end,
             Real (*g)[In]) {
    constexpr std::size_t packs = In / per_pack, rows = packs >= 8 ? 2 : (packs >= 4 ? 4 : 8);
    for (std::size_t o = 0; o < width; o += rows) {
      Pack<Real> sums[rows][packs] = {};
      for (std::size_t t = begin; t < end; ++t) {
        const auto* in = reinterpret_cast<const Pack<Real>*>(h[t]);
        for (std::size_t r = 0; r < rows; ++r)
          for (std::size_t k = 0; k < packs; ++k) sums[r][k] += D[t][o + r] * in[k];
      }
      for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t k = 0; k < packs; ++k)
          reinterpret_cast<Pack<Real>*>(g[o + r])[k] = sums[r][k];
    }
  }

  void contribution(std::size_t begin, std::size_t end) {
    outer<width>(all_D2, all_h1, begin, end, g2);
    outer<per_pack>(all_D1, all_s, begin, end, g1);
    std::memset(g3, 0, sizeof g3);
    std::memset(bias1, 0, sizeof bias1);
    std::memset(bias2, 0, sizeof bias2);
    Real bias3 = 0;
    for (std::size_t t = begin; t < end; ++t) {
      bias3 += all_D3[t];
#pragma omp simd
      for (std::size_t o = 0; o < width; ++o) {
        g3[o] += all_D3[t] * all_h2[t][o];
        bias1[o] += all_D1[t][o];
        bias2[o] += all_D2[t][o];
      }
    }
    double* to = sum.data();  // of all trajectories: as it would be handed over, once
    for (std::size_t o = 0; o < width; ++o)
      for (std::size_t i = 0; i < 4; ++i) *to++ += static_cast<double>(g1[o][i]);
    for (std::size_t o = 0; o < width; ++o) *to++ += static_cast<double>(bias1[o]);
    const Real* second = g2[0];
    for (std::size_t i = 0; i < width * width; ++i) to[i] += static_cast<double>(second[i]);
    to += width * width;
    for (std::size_t o = 0; o < width; ++o) *to++ += static_cast<double>(bias2[o]);
    for (std::size_t o = 0; o < width; ++o, ++to) {
      to[0] -= static_cast<double>(g3[o]);
      to[width] += static_cast<double>(g3[o]);
    }
    to += width;
    to[0] -= static_cast<double>(bias3);
    to[1] += static_cast<double>(bias3);
  }

  void run(const Trajectories<Real>& from) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (from.ends[lane].empty()) continue;
      std::size_t begin = 0;
      for (const std::size_t end : from.ends[lane]) {
        double G = 0.0;
        for (std::size_t t = end; t-- > begin;) weight[t] = G += from.reward[lane][t];
        begin = end;
      }
      std::fill(weight + begin, weight + span, 0.0);
      for (std::size_t first = 0; first < begin; first += chunk)
        derivatives(from, lane, std::min(first, span - chunk));
      begin = 0;
      for (const std::size_t end : from.ends[lane]) {
        contribution(begin, end);
        begin = end;
      }
    }
  }
};

}  // namespace

template <class Real>
PerceptronWork perceptron_rollout(const double* theta, std::uint64_t episodes, bool with_gradient,
                                  std::uint32_t key) {
  const auto network = std::make_unique<Network<Real>>(theta);
  static auto* trajectories = new Trajectories<Real>;
  const auto actor = std::make_unique<Actor<Real>>(*network, key);
  const auto backward = std::make_unique<Backward<Real>>(*network);
  PerceptronWork work;
  while (work.episodes < episodes) {
    work.episodes += actor->run(*trajectories);
    work.steps += span * lanes;
    if (with_gradient) backward->run(*trajectories);
    asm volatile("" : : "r"(trajectories) : "memory");
  }
  for (const double each : backward->sum) work.gradient_norm += each * each;
  work.gradient_norm = std::sqrt(work.gradient_norm) / static_cast<double>(work.episodes);
  return work;
}

template PerceptronWork perceptron_rollout<double>(const double*, std::uint64_t, bool,
                                                   std::uint32_t);
template PerceptronWork perceptron_rollout<float>(const double*, std::uint64_t, bool,
                                                  std::uint32_t);

}  // namespace seedbed::limit
