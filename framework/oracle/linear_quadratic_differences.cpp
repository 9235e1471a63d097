#include "oracle/linear_quadratic_variance.hpp"

namespace seedbed {

namespace {

/// R of a trajectory at theta + step e_j, as a function of its noise.
GaussianForm return_at(const Differences& differences, std::size_t j, double step) {
  std::vector<double> moved = differences.theta;
  moved[j] += step;
  return LinearGaussianProcess(differences.environment, differences.policy, differences.objective,
                               moved)
      .returns_from()
      .front();
}

/// A side of every component.
std::vector<GaussianForm> returns_at(const Differences& differences, double step) {
  std::vector<GaussianForm> R;
  for (std::size_t j = 0; j < differences.theta.size(); ++j)
    R.push_back(return_at(differences, j, step));
  return R;
}

///   g_j = (R_j⁺ − R_j⁻) / width        of the same noise
ContributionMoments on_common_noise(std::vector<GaussianForm> up,
                                    const std::vector<GaussianForm>& down, double width) {
  for (std::size_t j = 0; j < up.size(); ++j) {
    up[j].add(-1.0, down[j]);
    up[j].M *= 1.0 / width;
  }
  return moments_of(up, diagonal(std::vector<double>(up.size(), 1.0)));
}

///   E g_j = (E R_j⁺ − E R_j⁻) / width        Var g_j = (Var R_j⁺ + Var R_j⁻) / width²
ContributionMoments on_independent_noise(const std::vector<GaussianForm>& up,
                                         const std::vector<GaussianForm>& down, double width) {
  ContributionMoments result{{}, Dense(up.size(), up.size())};
  for (std::size_t j = 0; j < up.size(); ++j) {
    result.mean.push_back((mean(up[j]) - mean(down[j])) / width);
    result.covariance(j, j) =
        (covariance(up[j], up[j]) + covariance(down[j], down[j])) / (width * width);
  }
  return result;
}

/// R(theta) in every component.
std::vector<GaussianForm> returns_here(const Differences& differences) {
  return std::vector<GaussianForm>(differences.theta.size(), return_at(differences, 0, 0.0));
}

}  // namespace

ContributionMoments central_on_common_noise(const Differences& differences) {
  const double delta = differences.delta;
  return on_common_noise(returns_at(differences, delta), returns_at(differences, -delta),
                         2.0 * delta);
}

ContributionMoments central_on_independent_noise(const Differences& differences) {
  const double delta = differences.delta;
  return on_independent_noise(returns_at(differences, delta), returns_at(differences, -delta),
                              2.0 * delta);
}

ContributionMoments forward_on_common_noise(const Differences& differences) {
  return on_common_noise(returns_at(differences, differences.delta), returns_here(differences),
                         differences.delta);
}

///   Cov(g_i, g_j) = Var R(θ) / δ²        for i ≠ j, which share it
ContributionMoments forward_on_independent_noise(const Differences& differences) {
  const double delta = differences.delta;
  const std::vector<GaussianForm> here = returns_here(differences);
  ContributionMoments result = on_independent_noise(returns_at(differences, delta), here, delta);
  for (std::size_t i = 0; i < here.size(); ++i)
    for (std::size_t j = 0; j < here.size(); ++j)
      if (i != j) result.covariance(i, j) = covariance(here[0], here[0]) / (delta * delta);
  return result;
}

}  // namespace seedbed
