#include "{{name}}.cpp"

/// Two steps by hand, α = 1/4 and β = 1/2. What main returns is the number of failures.
int main() {
  seedbed_value values[2] = {};
  values[0].real = 0.25;
  values[1].real = 0.5;
  const {{Name}} optimizer(Values({{Name}}::parameters, values), Context{});
  const double g = 4.0;
  double theta = 1.0, v = 0.0;
  optimizer.step(1, &g, &theta, &v);
  const bool first = v == 4.0 && theta == 2.0;
  optimizer.step(1, &g, &theta, &v);
  const bool second = v == 6.0 && theta == 3.5;
  return !first + !second;
}
