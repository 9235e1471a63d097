#include "{{name}}.cpp"

namespace {

double memory[64], *unused = memory;
double* take(seedbed_scratch*, std::uint64_t count) {
  return (unused += count) - count;
}
seedbed_scratch all_of_it{take, nullptr, nullptr};

}  // namespace

/// Returns 1, 2 and 6 by hand, κ = 1/2. What main returns is the number of failures.
int main() {
  seedbed_value kappa{};
  kappa.real = 0.5;
  const {{Name}} baseline(Values({{Name}}::parameters, &kappa), Context{});
  const std::uint64_t begin[] = {0, 1, 2}, length[] = {1, 1, 1};
  const std::int64_t t[] = {0, 0, 0};
  const double R[] = {1.0, 2.0, 6.0};
  seedbed_batch batch{};
  batch.episodes = 3;
  double b[3];
  Scratch scratch(&all_of_it);
  baseline.values(Batch(batch), {3, begin, length, t, nullptr, R, 1}, nullptr, b, scratch);
  return (b[0] != 2.0) + (b[1] != 1.75) + (b[2] != 0.75);
}
