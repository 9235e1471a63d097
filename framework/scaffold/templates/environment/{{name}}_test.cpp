#include "{{name}}.cpp"

/// One step by hand: s = 2, a = −1, w = 4, σ = 1/2. What main returns is the number of failures.
int main() {
  seedbed_value sigma{};
  sigma.real = 0.5;
  const {{Name}} environment(Values({{Name}}::parameters, &sigma), Context{});
  const double a = -1.0, w = 4.0;
  double s = 2.0, obs = 0.0;
  const Step step = environment.step({&a, 1}, {nullptr, 1}, {&w, 1}, {&s, 1}, {&obs, 1});
  return (s != 3.0) + (obs != 3.0) + (step.reward != -4.1) + step.terminated;
}
