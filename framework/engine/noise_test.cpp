#include "engine/noise.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/philox.hpp"
#include "loader/variant.hpp"

using namespace seedbed;

namespace {

struct Block {
  std::vector<std::uint32_t> episode;
  std::vector<std::int64_t> step;
  bool antithetic = false;
  explicit Block(std::size_t n) : episode(n), step(n) {
    for (std::size_t j = 0; j < n; ++j) {
      episode[j] = static_cast<std::uint32_t>(7 * j + 3);
      step[j] = static_cast<std::int64_t>(j % 5);
    }
  }
  NoiseLanes lanes() const { return {episode.size(), episode.data(), step.data(), antithetic}; }
};

}  // namespace

TEST_CASE("uniforms are those of the known answers of Philox4x32-10 that Random123 publishes") {
  struct Known {
    std::uint32_t counter[4], key[2], answer[4];
  };
  const Known known[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
      {{~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
      {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
       {0xa4093822, 0x299f31d0},
       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
  const bool by_eight = cpu_has_variants();
  for (const Known& k : known)
    for (std::size_t n : {1u, 4u, 8u, 24u, 61u}) {  // one by one, four and eight to a register
      const std::vector<std::int64_t> step(n, k.counter[1]);
      const std::vector<std::uint32_t> episode(n, k.counter[2]);
      std::vector<double> u(n), v(n);
      philox_uniforms({k.key[0], k.key[1]}, k.counter[0], step.data(), episode.data(), k.counter[3],
                      n, u.data(), v.data(), by_eight);
      const auto uniform = [&](int word) {
        const std::uint64_t bits = k.answer[word] | std::uint64_t{k.answer[word + 1]} << 32;
        return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
      };
      for (std::size_t j = 0; j < n; ++j) {
        CHECK(u[j] == uniform(0));
        CHECK(v[j] == uniform(2));
      }
    }
}

TEST_CASE("noise depends on its name and not on the lane, nor on how many lanes are filled") {
  const Noise noise(20180226, 4);
  const Block all(48);
  std::vector<double> u(3 * 48), z(3 * 48);
  noise.fill(Purpose::policy, 9, all.lanes(), 3, Out(u.data(), 48), 3, Out(z.data(), 48));
  for (std::size_t j = 0; j < 48; ++j) {
    Block one(1);
    one.episode[0] = all.episode[j];
    one.step[0] = all.step[j];
    double u1[3], z1[3];
    noise.fill(Purpose::policy, 9, one.lanes(), 3, Out(u1, 1), 3, Out(z1, 1));
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(u1[i] == u[i * 48 + j]);
      CHECK(z1[i] == z[i * 48 + j]);
    }
  }
}

TEST_CASE("every part of a name changes the noise") {
  const auto first = [](const Noise& noise, Purpose purpose, std::uint32_t iteration,
                        std::uint32_t episode, std::int64_t step) {
    double u = 0;
    noise.fill(purpose, iteration, {1, &episode, &step, false}, 1, Out(&u, 1), 0, Out(nullptr, 1));
    return u;
  };
  const double u = first(Noise(1, 2), Purpose::policy, 3, 4, 5);
  CHECK(u == first(Noise(1, 2), Purpose::policy, 3, 4, 5));
  CHECK(u != first(Noise(2, 2), Purpose::policy, 3, 4, 5));
  CHECK(u != first(Noise(1, 3), Purpose::policy, 3, 4, 5));
  CHECK(u != first(Noise(1, 2), Purpose::environment_step, 3, 4, 5));
  CHECK(u != first(Noise(1, 2), Purpose::policy, 4, 4, 5));
  CHECK(u != first(Noise(1, 2), Purpose::policy, 3, 5, 5));
  CHECK(u != first(Noise(1, 2), Purpose::policy, 3, 4, 6));
  CHECK(u != first(Noise(1, 2).stream(0, 1), Purpose::policy, 3, 4, 5));
}

TEST_CASE("antithetic noise is 1 - u and -z, exactly") {
  const Noise noise(1, 2);
  Block block(48);
  std::vector<double> u(2 * 48), z(2 * 48), v(2 * 48), w(2 * 48);
  noise.fill(Purpose::policy, 0, block.lanes(), 2, Out(u.data(), 48), 2, Out(z.data(), 48));
  block.antithetic = true;
  noise.fill(Purpose::policy, 0, block.lanes(), 2, Out(v.data(), 48), 2, Out(w.data(), 48));
  for (std::size_t i = 0; i < u.size(); ++i) {
    CHECK(u[i] + v[i] == 1.0);
    CHECK(z[i] == -w[i]);
  }
}

TEST_CASE("uniforms and normals have the moments of their distributions, to five standard errors") {
  const Noise noise(7, 0);
  const std::size_t n = 200000;
  std::vector<double> u(n), z(n);
  noise.sequence(Purpose::bootstrap, 0, u, z);
  double u1 = 0, u2 = 0, z1 = 0, z2 = 0, z4 = 0;
  for (std::size_t i = 0; i < n; ++i) {
    REQUIRE((u[i] > 0.0 && u[i] < 1.0));
    u1 += u[i];
    u2 += (u[i] - 0.5) * (u[i] - 0.5);
    z1 += z[i];
    z2 += z[i] * z[i];
    z4 += z[i] * z[i] * z[i] * z[i];
  }
  const auto N = static_cast<double>(n);
  CHECK(std::abs(u1 / N - 0.5) < 5 * std::sqrt(1.0 / 12 / N));
  CHECK(std::abs(u2 / N - 1.0 / 12) < 5 * std::sqrt(1.0 / 180 / N));
  CHECK(std::abs(z1 / N) < 5 * std::sqrt(1.0 / N));
  CHECK(std::abs(z2 / N - 1.0) < 5 * std::sqrt(2.0 / N));
  CHECK(std::abs(z4 / N - 3.0) < 5 * std::sqrt(96.0 / N));
}
