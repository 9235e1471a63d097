#include "{{name}}.cpp"

#include <cmath>
#include <seedbed/space.hpp>

namespace {

const Space observed = Space::box({{"x", ""}, {"v", ""}}), acted = Space::box({{"a", ""}});
const double s[] = {1.0, -2.0}, a = 0.5;
Scratch none(nullptr);

const Samples sample{1, nullptr, In(s, 1), In(&a, 1)};

double log_prob(const {{Name}}& pi, double theta_0, double theta_1) {
  const double theta[] = {theta_0, theta_1};
  double log_prob = 0.0;
  pi.log_prob(theta, sample, &log_prob, none);
  return log_prob;
}

}  // namespace

/// ψ is the central difference of log π. What main returns is the number of failures.
int main() {
  seedbed_value sigma{};
  sigma.real = 0.5;
  Context context{};
  context.observation = observed.raw();
  context.action = acted.raw();
  const {{Name}} pi(Values({{Name}}::parameters, &sigma), context);
  const double theta[] = {0.25, 0.75}, one = 1.0, h = 1e-5;
  const std::uint64_t begin = 0, length = 1;
  double psi[2];
  pi.score(theta, sample, {1, In(&one, 1)}, {1, &begin, &length}, psi, none);
  const double along_0 = (log_prob(pi, 0.25 + h, 0.75) - log_prob(pi, 0.25 - h, 0.75)) / (2 * h);
  const double along_1 = (log_prob(pi, 0.25, 0.75 + h) - log_prob(pi, 0.25, 0.75 - h)) / (2 * h);
  return !(std::abs(psi[0] - along_0) < 1e-8) + !(std::abs(psi[1] - along_1) < 1e-8);
}
