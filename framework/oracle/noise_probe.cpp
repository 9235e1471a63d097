#include "oracle/noise_probe.hpp"

#include <algorithm>
#include <numeric>

#include "engine/call.hpp"

namespace seedbed {

namespace {

/// Rows of n numbers, n a multiple of a block of lanes.
struct Block {
  Block(std::size_t rows, std::size_t n_) : n(n_), data(std::max<std::size_t>(rows, 1) * n_, 0.0) {}
  double* row(std::size_t i) { return data.data() + i * n; }
  seedbed_in in() const { return {data.data(), n}; }
  seedbed_out out(std::size_t first_row = 0) { return {row(first_row), n}; }

  std::size_t n;
  std::vector<double> data;
};

std::size_t lanes_for(std::size_t nodes) {
  return (nodes + SEEDBED_LANES - 1) / SEEDBED_LANES * SEEDBED_LANES;
}

/// One column per node; the last one fills the block up.
Block columns(const NoiseNodes& nodes, std::vector<double> NoiseNode::*numbers) {
  const std::size_t n = lanes_for(nodes.size()), rows = (nodes[0].*numbers).size();
  Block block(rows, n);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < n; ++j)
      block.row(i)[j] = (nodes[std::min(j, nodes.size() - 1)].*numbers)[i];
  return block;
}

/// The same numbers in every column.
Block spread(const std::vector<double>& numbers, std::size_t n) {
  Block block(numbers.size(), n);
  for (std::size_t i = 0; i < numbers.size(); ++i) std::fill_n(block.row(i), n, numbers[i]);
  return block;
}

NoiseProbe::Outputs taken(Block& block, std::size_t rows, std::size_t nodes) {
  NoiseProbe::Outputs outputs(nodes, std::vector<double>(rows));
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < nodes; ++j) outputs[j][i] = block.row(i)[j];
  return outputs;
}

}  // namespace

NoiseProbe::Outputs NoiseProbe::reset(const NoiseNodes& nodes) {
  const Block uniform = columns(nodes, &NoiseNode::uniform),
              normal = columns(nodes, &NoiseNode::normal);
  const auto& info = problem_.environment_info();
  const std::size_t rows = info.state_size + info.observation->size;
  Block out(rows, uniform.n);
  call(problem_.environment(), "reset", [&](seedbed_message* message) {
    return problem_.environment().functions<seedbed_environment>().reset(
        problem_.environment().self(), out.n, uniform.in(), normal.in(), out.out(),
        out.out(info.state_size), arena_.fresh(), message);
  });
  return taken(out, rows, nodes.size());
}

NoiseProbe::Outputs NoiseProbe::act(const std::vector<double>& theta, std::int64_t t,
                                    const std::vector<double>& observation,
                                    const NoiseNodes& nodes) {
  const Block uniform = columns(nodes, &NoiseNode::uniform),
              normal = columns(nodes, &NoiseNode::normal);
  const std::size_t actions = problem_.environment_info().action->size;
  const Block seen = spread(observation, uniform.n);
  const std::vector<std::int64_t> steps(uniform.n, t);
  Block out(actions + 1, uniform.n);
  call(problem_.policy(), "act", [&](seedbed_message* message) {
    return problem_.policy().functions<seedbed_policy>().act(
        problem_.policy().self(), theta.data(), out.n, steps.data(), seen.in(), uniform.in(),
        normal.in(), out.out(), out.row(actions), arena_.fresh(), message);
  });
  return taken(out, actions + 1, nodes.size());
}

std::vector<double> NoiseProbe::cumulative(const std::vector<double>& theta, std::int64_t t,
                                           const std::vector<double>& observation) {
  const auto* enumerate = static_cast<const seedbed_enumerate*>(
      problem_.policy().plugin().capability(SEEDBED_POLICY_ENUMERATE));
  if (!enumerate) return {};
  Block p(enumerate->actions(problem_.policy().self()), 1);
  const Block seen = spread(observation, 1);
  call(problem_.policy(), "probabilities", [&](seedbed_message* message) {
    return enumerate->probabilities(problem_.policy().self(), theta.data(), 1, &t, seen.in(),
                                    p.out(), arena_.fresh(), message);
  });
  std::partial_sum(p.data.begin(), p.data.end(), p.data.begin());
  p.data.pop_back();
  return p.data;
}

NoiseProbe::Outputs NoiseProbe::step(const std::vector<double>& state,
                                     const std::vector<double>& action, const NoiseNodes& nodes) {
  const Block uniform = columns(nodes, &NoiseNode::uniform),
              normal = columns(nodes, &NoiseNode::normal);
  const std::size_t S = state.size(), O = problem_.environment_info().observation->size;
  const Block acted = spread(action, uniform.n);
  Block out(S + O + 2, uniform.n);
  for (std::size_t i = 0; i < S; ++i) std::fill_n(out.row(i), out.n, state[i]);
  call(problem_.environment(), "step", [&](seedbed_message* message) {
    return problem_.environment().functions<seedbed_environment>().step(
        problem_.environment().self(), out.n, acted.in(), uniform.in(), normal.in(), out.out(),
        out.out(S), out.row(S + O), out.row(S + O + 1), arena_.fresh(), message);
  });
  return taken(out, S + O + 2, nodes.size());
}

}  // namespace seedbed
