#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/quadrature.hpp"
#include "oracle/regulators.hpp"

using namespace seedbed;
using Catch::Matchers::WithinRel;

namespace {

double power(const RegulatorCase& c, std::size_t t) {
  return std::pow(c.objective.discount, static_cast<double>(t));
}

/// sum_t gamma^t psi_tj (G_t - b_tj)
std::vector<double> with(const RegulatorCase& c, const RegulatorPath& path, const Dense& b) {
  std::vector<double> g(b.columns, 0.0);
  for (std::size_t t = 0; t < b.rows; ++t)
    for (std::size_t j = 0; j < b.columns; ++j)
      g[j] += path.psi[t][j] * (to_go_of(path, t, c.objective.discount) - power(c, t) * b(t, j));
  return g;
}

struct Integrated {
  RegulatorCase process;
  Deviations spread;
  std::vector<double> x0;

  WeighedMoments operator()(
      const std::function<std::vector<double>(const RegulatorPath&)>& g) const {
    return integrate(process, spread, x0, g);
  }
};

/// One number with noise everywhere; two numbers and two actions whose noise is theirs alone.
const std::vector<const Integrated*>& cases() {
  static const Integrated one{{scalar, learned, {2, 0.9}, {-0.4, -0.6}}, {{0.5}, {0.3}}, {1.2}};
  static const Integrated two{{"A = [[0.9, 0.3], [-0.2, 0.7]]\nB = [[0.5, 0.1], [0.2, 1.0]]\n"
                               "Q = [[1.0, 0.1], [0.1, 0.4]]\nR = [[0.6, 0.2], [0.2, 0.9]]\n"
                               "Q_next = [[0.3, 0.1], [0.1, 0.8]]\nx0 = [1.0, -0.7]\n",
                               learned,
                               {2, 0.9},
                               {-0.3, 0.2, 0.1, -0.5, -0.6, -0.9}},
                              {{0, 0}, {0, 0}},
                              {1.0, -0.7}};
  static const std::vector<const Integrated*> all{&one, &two};
  return all;
}

}  // namespace

TEST_CASE("the covariance under baselines of steps and components is their integral") {
  for (const Integrated* c : cases()) {
    Dense b(2, c->process.theta.size());
    for (std::size_t k = 0; k < b.data.size(); ++k)
      b.data[k] = 0.4 * static_cast<double>(k * k % 7) - 1.7;
    const RewardToGoMoments moments = reward_to_go_moments(c->process.process);
    const auto g = [&](const RegulatorPath& path) { return with(c->process, path, b); };
    check_integral(moments.with_baselines(b), (*c)(g));
  }
}

TEST_CASE("without baselines reward-to-go has the moments of its targets") {
  const RegulatorCase c(full, "sigma = 1.0\nlearn_sigma = true", {5, 0.9}, theta_full);
  const ContributionMoments one = reward_to_go_moments(c.process).without;
  const ContributionMoments other =
      likelihood_ratio_moments(c.process, to_go(c.process, std::vector<double>(5, 0.0)));
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK_THAT(one.mean[i], WithinRel(other.mean[i], 1e-12));
    CHECK_THAT(one.covariance(i, i), WithinRel(other.covariance(i, i), 1e-12));
  }
}

TEST_CASE("what decides the best baselines of a regulator's steps is its integral") {
  for (const Integrated* c : cases()) {
    const std::size_t d = c->process.theta.size();
    const StepMoments steps = reward_to_go_moments(c->process.process).steps;
    for (const std::size_t t : {0u, 1u}) {
      const auto squares = [&](const RegulatorPath& path) {
        std::vector<double> f(d);
        for (std::size_t j = 0; j < d; ++j) f[j] = std::pow(path.psi[t][j], 2);
        return f;
      };
      const auto products = [&](const RegulatorPath& path) {
        std::vector<double> f = with(c->process, path, Dense(2, d));
        for (std::size_t j = 0; j < d; ++j) f[j] *= path.psi[t][j] / power(c->process, t);
        return f;
      };
      const auto rewards = [&](const RegulatorPath& path) {
        std::vector<double> f(d);
        for (std::size_t j = 0; j < d; ++j)
          f[j] = std::pow(path.psi[0][j] + (t > 0 ? path.psi[1][j] : 0.0), 2) * path.r[t];
        return f;
      };
      const std::vector<double> square = (*c)(squares).mean(), product = (*c)(products).mean(),
                                reward = (*c)(rewards).mean();
      for (std::size_t j = 0; j < d; ++j) {
        CHECK_THAT(steps.squares(t, j), WithinRel(square[j], 1e-11));
        CHECK_THAT(steps.products(t, j), WithinRel(product[j], 1e-10));
        CHECK_THAT(steps.rewards(t, j), WithinRel(reward[j], 1e-10));
      }
    }
  }
}

TEST_CASE("no baselines of a regulator's steps have less variance than the best ones") {
  const RegulatorCase c(full, "sigma = 1.0\nlearn_sigma = true", {5, 0.9}, theta_full);
  const RewardToGoMoments moments = reward_to_go_moments(c.process);
  const Dense best = moments.steps.best(), each = moments.steps.best_of_each();
  const double least = moments.with_baselines(best).trace();
  const ContributionMoments least_of_each = moments.with_baselines(each);
  CHECK(least < likelihood_ratio_moments(c.process, to_go_above_mean(c.process)).trace());
  CHECK(least_of_each.trace() < least);
  CHECK(least_of_each.trace() < moments.with_baselines(moments.steps.best_alone()).trace());
  for (std::size_t t = 0; t < 5; ++t)
    for (const double h : {-1e-2, 1e-2}) {
      Dense moved = best;
      for (std::size_t j = 0; j < 8; ++j) moved(t, j) += h;
      CHECK(moments.with_baselines(moved).trace() > least);
      for (std::size_t j = 0; j < 8; ++j) {
        Dense moved_of_each = each;
        moved_of_each(t, j) += h;
        CHECK(moments.with_baselines(moved_of_each).covariance(j, j) >
              least_of_each.covariance(j, j));
      }
    }
}
