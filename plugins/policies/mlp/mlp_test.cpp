#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <numeric>

#include "contract/setting.hpp"
#include "laws/policy.hpp"
#include "tanh.hpp"

using namespace seedbed;
using contract::Block;

namespace {

std::string refused(const Space& s, const Space& a, const std::string& toml) {
  return contract::refusal(contract::setting(SEEDBED_POLICY, "mlp", toml), contract::context(s, a));
}

Space actions(bool discrete) {
  return discrete ? Space::discrete("action", 3) : contract::box("a", 2);
}

/// x itself, then what tanh_pair makes of it beside 0.5.
template <class Real>
double worst_ulp(std::initializer_list<double> scales) {
  using One = Pack<1, Real>;
  double worst = 0.0;
  for (const double scale : scales)
    for (int i = -1000; i <= 1000; ++i) {
      const Real x = static_cast<Real>(scale * i / 1000.0);
      One a = x, b = Real(0.5);
      tanh_pair(a, b);
      Real got[One::size];
      a.store(got);
      const long double exact = std::tanh(static_cast<long double>(x));
      const Real rounded = static_cast<Real>(exact);
      const long double ulp = std::nextafter(std::abs(rounded), Real(2)) - std::abs(rounded);
      worst = std::max(worst, static_cast<double>(std::abs(got[0] - exact) / ulp));
    }
  return worst;
}

/// Of n states, and F v with v = other - theta.
struct Distribution {
  std::vector<double> entropy, divergence, product;
};

Distribution distribution(const Instance& pi, const contract::Theta& theta,
                          const contract::Theta& other, const Block& states,
                          const std::vector<double>& weight) {
  const auto& of = *static_cast<const seedbed_policy_distribution*>(
      pi.plugin().capability(SEEDBED_POLICY_DISTRIBUTION));
  const std::size_t n = states.size(), d = theta.size();
  const std::vector<std::int64_t> t(n, 0);
  std::vector<double> v(d);
  for (std::size_t i = 0; i < d; ++i) v[i] = other[i] - theta[i];
  Distribution all{std::vector<double>(n), std::vector<double>(n), std::vector<double>(d)};
  Arena arena;
  seedbed_message message{};
  REQUIRE(of.entropy(pi.self(), theta.data(), n, t.data(), states, all.entropy.data(),
                     arena.fresh(), &message) == SEEDBED_OK);
  REQUIRE(of.divergence(pi.self(), theta.data(), other.data(), n, t.data(), states,
                        all.divergence.data(), arena.fresh(), &message) == SEEDBED_OK);
  REQUIRE(of.fisher_vector_product(pi.self(), theta.data(), v.data(), n, t.data(), states,
                                   weight.data(), all.product.data(), arena.fresh(),
                                   &message) == SEEDBED_OK);
  return all;
}

/// The largest one, of the largest number.
double difference(const std::vector<double>& expected, const std::vector<double>& got) {
  double worst = 0.0, largest = 1e-300;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    worst = std::max(worst, std::abs(expected[i] - got[i]));
    largest = std::max(largest, std::abs(expected[i]));
  }
  return worst / largest;
}

/// theta_0 of a policy.
contract::Theta first(const Instance& pi, const Space& s, const Space& a) {
  return contract::theta_of({pi, contract::context(s, a)}, 0.0);
}

/// The block `name` of theta as rows.
std::vector<std::vector<double>> rows_of(const Instance& pi, const contract::Theta& theta,
                                         const std::string& name) {
  const seedbed_policy_info info = contract::describe_policy(pi);
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < info.block_count; ++i) {
    const seedbed_block& b = info.blocks[i];
    for (std::size_t r = 0; r < b.rows && b.name == name; ++r)
      rows.emplace_back(
          theta.begin() + static_cast<std::ptrdiff_t>(b.offset + r * b.columns),
          theta.begin() + static_cast<std::ptrdiff_t>(b.offset + (r + 1) * b.columns));
  }
  return rows;
}

}  // namespace

TEST_CASE("mlp keeps the laws of policies") {
  for (const char* more : {"hidden = [5]", "hidden = [7, 4]", "hidden = [3, 6, 2]",
                           "hidden = 2\nstate_dependent = true",
                           "hidden = [9, 8]\nstate_dependent = true\nsigma = 0.2",
                           "hidden = [4, 3]\nsigma = [0.5, 2.0]"})
    for (const bool discrete : {true, false}) {
      const Space s = contract::box("s", 3), a = actions(discrete);
      INFO(more << ", discrete actions " << discrete);
      contract::policy_laws(
          contract::policy("mlp", s, a, std::string(more) + "\noutput_gain = 1.0"),
          contract::context(s, a));
    }
}

TEST_CASE("mlp with relu keeps the laws of policies where it has no kink") {
  const Space s = contract::box("s", 2);
  for (const bool discrete : {true, false}) {
    const Space a = actions(discrete);
    const Instance pi = contract::policy("mlp", s, a, "hidden = [5, 3]\nactivation = \"relu\"");
    const contract::PolicyTrial trial{pi, contract::context(s, a)};
    for (const auto& law : contract::policy_laws(pi.plugin(), trial.context))
      if (std::strcmp(law.name, "score-is-the-central-difference-of-log-prob") != 0)
        law.demand(trial);
    const contract::Theta theta = contract::theta_of(trial, 1.0);
    const contract::Acted acted = contract::act(trial, theta, contract::ordinary_situation(trial));
    const std::vector<double> psi = contract::single_scores(pi, theta, acted);
    std::size_t kinks = 0;
    for (std::size_t i = 0; i < theta.size(); ++i) {
      contract::Theta up = theta, down = theta;
      up[i] += 1e-6;
      down[i] -= 1e-6;
      const auto f = contract::log_prob(pi, up, acted), g = contract::log_prob(pi, down, acted);
      for (std::size_t j = 0; j < f.size(); ++j)
        kinks += std::abs(psi[j * theta.size() + i] - (f[j] - g[j]) / 2e-6) > 1e-5;
    }
    CHECK(kinks == 0);
  }
}

TEST_CASE("mlp observes a discrete state as its indicator") {
  const Space s = Space::discrete("state", 4), a = Space::discrete("action", 2);
  const Instance pi = contract::policy("mlp", s, a, "hidden = 3");
  CHECK(contract::describe_policy(pi).parameters == 3 * 5 + 2 * 4);
  contract::policy_laws(pi, contract::context(s, a));
}

TEST_CASE("mlp in single precision is that in double, rounded") {
  const Space s = contract::box("s", 4);
  for (const bool discrete : {true, false}) {
    const Space a = actions(discrete);
    const std::string more = "hidden = [64, 64]\noutput_gain = 1.0\nprecision = ";
    const Instance exact = contract::policy("mlp", s, a, more + "\"double\"");
    const Instance single = contract::policy("mlp", s, a, more + "\"single\"");
    const contract::PolicyTrial trial{single, contract::context(s, a)};
    for (const auto& law : contract::policy_laws()) law.demand(trial);
    for (const auto& law : contract::score_laws())
      if (std::strcmp(law.name, "a-segment-alone-gives-the-same-score") == 0 ||
          std::strcmp(law.name, "score-reads-segments-only") == 0)
        law.demand(trial);
    contract::policy_prepared_laws(trial);
    const contract::Theta theta = contract::theta_of(trial, 0.1);
    const contract::Acted acted = contract::act(trial, theta, contract::ordinary_situation(trial));
    const std::size_t n = acted.t.size();
    const auto f = contract::log_prob(exact, theta, acted),
               g = contract::log_prob(single, theta, acted);
    for (std::size_t j = 0; j < n; ++j) CHECK(std::abs(f[j] - g[j]) < 1e-5);
    CHECK(f != g);
    contract::Source source(3);
    const Block w = source.normals(2, n);
    const contract::Runs runs{{0, 10}, {10, n - 10}};
    const auto G = contract::score(exact, theta, acted, w, runs),
               H = contract::score(single, theta, acted, w, runs);
    double worst = 0.0, largest = 0.0;
    for (std::size_t i = 0; i < G.size(); ++i) {
      worst = std::max(worst, std::abs(G[i] - H[i]));
      largest = std::max(largest, std::abs(G[i]));
    }
    CHECK(worst < 1e-5 * largest);
  }
}

TEST_CASE(
    "mlp's distribution is that of double in single precision, and many samples are their parts") {
  const Space s = contract::box("s", 4);
  const std::size_t n = 1003;
  for (const char* head : {"", "state_dependent = true\n", "discrete"}) {
    const bool discrete = std::string(head) == "discrete";
    const Space a = actions(discrete);
    const std::string more =
        std::string(discrete ? "" : head) + "hidden = [20, 30]\noutput_gain = 1.0\nprecision = ";
    const Instance exact = contract::policy("mlp", s, a, more + "\"double\""),
                   single = contract::policy("mlp", s, a, more + "\"single\"");
    contract::Source source(6);
    const Block states = source.normals(4, n);
    const contract::Theta theta = contract::theta_of({exact, contract::context(s, a)}, 0.1),
                          other = contract::theta_of({exact, contract::context(s, a)}, 0.2);
    std::vector<double> weight(n), none(n, 0.0);
    for (std::size_t j = 0; j < n; ++j) weight[j] = source.uniform();
    const Distribution in_double = distribution(exact, theta, other, states, weight),
                       in_single = distribution(single, theta, other, states, weight);
    CHECK(difference(in_double.entropy, in_single.entropy) < 1e-5);
    CHECK(difference(in_double.divergence, in_single.divergence) < 1e-4);
    CHECK(difference(in_double.product, in_single.product) < 1e-4);
    CHECK(in_double.product != in_single.product);
    std::vector<double> first = weight, second = weight;
    std::fill(first.begin() + 300, first.end(), 0.0);
    std::fill(second.begin(), second.begin() + 300, 0.0);
    std::vector<double> sum = distribution(exact, theta, other, states, first).product;
    const std::vector<double> rest = distribution(exact, theta, other, states, second).product;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += rest[i];
    CHECK(difference(in_double.product, sum) < 1e-12);
    CHECK(difference(distribution(exact, theta, other, states, none).product,
                     std::vector<double>(theta.size(), 0.0)) == 0.0);
  }
}

TEST_CASE("mlp sums a segment longer than its working memory as its parts") {
  const Space s = contract::box("s", 4), a = Space::discrete("action", 2);
  const std::size_t n = 1003;
  for (const char* precision : {"\"double\"", "\"single\""}) {
    const Instance pi = contract::policy("mlp", s, a, std::string("precision = ") + precision);
    const contract::PolicyTrial trial{pi, contract::context(s, a)};
    const contract::Theta theta = contract::theta_of(trial, 0.1);
    contract::Source source(7);
    contract::Acted acted{std::vector<std::int64_t>(n, 0), source.normals(4, n), Block(1, n),
                          Block(1, n)};
    for (std::size_t j = 0; j < n; j += 3) acted.action(0, j) = 1.0;
    const Block w = source.normals(1, n);
    const auto all = contract::score(pi, theta, acted, w, {{0}, {n}});
    const auto parts = contract::score(pi, theta, acted, w, {{0, 501}, {501, n - 501}});
    const auto again = contract::score(pi, theta, acted, w, {{3, 0, 501}, {1, n, n - 501}});
    const double tolerance = *precision == '"' && precision[1] == 'd' ? 1e-12 : 1e-4;
    for (std::size_t i = 0; i < theta.size(); ++i) {
      CHECK(std::abs(all[i] - (parts[i] + parts[theta.size() + i])) < tolerance);
      CHECK(all[i] == again[theta.size() + i]);
    }
  }
}

TEST_CASE("mlp gives a weighting the same bits alone and beside others") {
  const Space s = contract::box("s", 4), a = Space::discrete("action", 2);
  const std::size_t n = 700, d = 4610;
  const contract::Runs runs{{0, 20, 21, 400}, {20, 1, 379, 300}};
  for (const char* precision : {"\"double\"", "\"single\""}) {
    CAPTURE(precision);
    const Instance pi = contract::policy("mlp", s, a, std::string("precision = ") + precision);
    const contract::Theta theta = contract::theta_of({pi, contract::context(s, a)}, 0.1);
    contract::Source source(11);
    contract::Acted acted{std::vector<std::int64_t>(n, 0), source.normals(4, n), Block(1, n),
                          Block(1, n)};
    for (std::size_t j = 0; j < n; j += 3) acted.action(0, j) = 1.0;
    Block w = source.normals(3, n);
    std::fill_n(w.row(2), n, 1.0);
    const auto together = contract::score(pi, theta, acted, w, runs);
    REQUIRE(together.size() == 3 * 4 * d);
    for (std::size_t k = 0; k < 3; ++k) {
      Block one(1, n);
      std::copy_n(w.row(k), n, one.row(0));
      const auto alone = contract::score(pi, theta, acted, one, runs);
      CHECK(std::equal(alone.begin(), alone.end(), together.data() + k * 4 * d));
    }
  }
}

TEST_CASE("mlp starts with orthogonal weights of the given gains and no bias") {
  const Space s = contract::box("s", 3), a = Space::discrete("action", 2);
  const Instance pi =
      contract::policy("mlp", s, a, "hidden = [7, 5]\nhidden_gain = 2.0\noutput_gain = 0.5");
  const contract::Theta theta = first(pi, s, a);
  const auto check = [&](const std::string& name, double gain) {
    auto W = rows_of(pi, theta, name);
    if (W.size() > W[0].size()) {
      std::vector<std::vector<double>> columns(W[0].size(), std::vector<double>(W.size()));
      for (std::size_t i = 0; i < W.size(); ++i)
        for (std::size_t k = 0; k < W[0].size(); ++k) columns[k][i] = W[i][k];
      W = columns;
    }
    for (std::size_t i = 0; i < W.size(); ++i)
      for (std::size_t k = 0; k < W.size(); ++k) {
        INFO(name << " " << i << " " << k);
        const double product = std::inner_product(W[i].begin(), W[i].end(), W[k].begin(), 0.0);
        CHECK(product == Approx(i == k ? gain * gain : 0.0).margin(1e-14));
      }
  };
  check("W1", 2.0);
  check("W2", 2.0);
  check("W3", 0.5);
  for (const auto& row : rows_of(pi, theta, "b2")) CHECK(row[0] == 0.0);
}

TEST_CASE("mlp has the density of the normal distribution around its network") {
  const Space s = contract::box("s", 1), a = contract::box("a", 1);
  const contract::Acted acted{{0}, Block(1, 1, 0.5), Block(1, 1, 1.5), Block(1, 1)};
  const auto normal = [](double x, double mu, double log_sigma) {
    const double z = (x - mu) / std::exp(log_sigma);
    return -0.5 * z * z - log_sigma - 0.5 * std::log(2.0 * 3.141592653589793);
  };
  const double x = std::tanh(0.7 * 0.5 + 0.1);
  const Instance free = contract::policy("mlp", s, a, "hidden = 1");
  CHECK(contract::log_prob(free, {0.7, 0.1, -1.2, 0.3, -0.4}, acted)[0] ==
        Approx(normal(1.5, -1.2 * x + 0.3, -0.4)).epsilon(1e-14));
  const Instance own =
      contract::policy("mlp", s, a, "hidden = 1\nstate_dependent = true\nsigma = 0.5");
  const double z = 2.0 * x - 0.2, log_sigma = std::log(0.5) + 3.0 * std::tanh(z / 3.0);
  CHECK(contract::log_prob(own, {0.7, 0.1, -1.2, 2.0, 0.3, -0.2}, acted)[0] ==
        Approx(normal(1.5, -1.2 * x + 0.3, log_sigma)).epsilon(1e-14));
}

TEST_CASE("mlp computes tanh within 4 units in the last place, from 1e-300 to 1e300") {
  CHECK(worst_ulp<double>({1e-300, 1e-8, 0.1, 1.0, 3.0, 20.0, 100.0, 1e300}) <= 4.0);
  CHECK(worst_ulp<float>({1e-30, 1e-4, 0.1, 1.0, 3.0, 20.0, 100.0, 1e30}) <= 4.0);
}

TEST_CASE("mlp refuses widths that are no counts and a sigma that fits no action") {
  const Space s = contract::box("s", 2), a = contract::box("a", 3);
  using Catch::Contains;
  CHECK_THAT(refused(s, a, "hidden = [4, 2.5]"),
             Contains("'hidden': expected whole numbers, got 2.5"));
  CHECK_THAT(refused(s, a, "sigma = [1.0, 2.0]"),
             Contains("'sigma': expected 1 or 3 numbers, got 2"));
}
