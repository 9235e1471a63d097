#include "laws/optimizer.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/call.hpp"
#include "laws/block.hpp"
#include "laws/threads.hpp"
#include "loader/sha256.hpp"

namespace seedbed::contract {
namespace {

constexpr double sizes[] = {1.0, 0.0, 1e-300, 1e-6, 1e6, 1.0};

struct Place {
  Block theta, state;
};

void step(const OptimizerTrial& trial, const Block& gradient, Place& at) {
  const Block before = gradient;
  call(trial.optimizer, "step", [&](seedbed_message* message) {
    return trial.optimizer.functions<seedbed_optimizer>().step(trial.optimizer.self(), trial.d,
                                                               gradient.row(0), at.theta.row(0),
                                                               at.state.row(0), message);
  });
  demand(gradient.same_bits(before), "inputs are not written", "step wrote the gradient");
  demand(at.theta.guarded(), "nothing beyond the outputs is written",
         fmt::format("step wrote beyond the {} numbers of theta", trial.d));
  demand(at.state.guarded(), "nothing beyond the outputs is written",
         fmt::format("step wrote beyond its {} numbers of state", at.state.size()));
}

/// theta and state after each step along gradients of every size.
std::vector<Place> path(const OptimizerTrial& trial) {
  const auto& functions = trial.optimizer.functions<seedbed_optimizer>();
  Source source(trial.seed);
  Place at{source.normals(1, trial.d),
           Block(1, functions.state_size(trial.optimizer.self(), trial.d))};
  std::vector<Place> all;
  for (const double size : sizes) {
    Block gradient = source.normals(1, trial.d);
    for (std::size_t j = 0; j < trial.d; ++j) gradient(0, j) *= size;
    step(trial, gradient, at);
    all.push_back(at);
  }
  return all;
}

void finite(const OptimizerTrial& trial) {
  const std::vector<Place> all = path(trial);
  for (std::size_t k = 0; k < all.size(); ++k)
    for (std::size_t j = 0; j < trial.d; ++j)
      demand(std::isfinite(all[k].theta(0, j)), "outputs are finite",
             fmt::format("got {} in component {} of theta after step {}, along a gradient of size "
                         "{}",
                         all[k].theta(0, j), j, k, sizes[k]));
}

void demand_equal(const std::vector<Place>& expected, const std::vector<Place>& got,
                  const char* law) {
  for (std::size_t k = 0; k < expected.size(); ++k) {
    demand_same(expected[k].theta, got[k].theta, law, fmt::format("theta after step {}", k));
    demand_same(expected[k].state, got[k].state, law, fmt::format("state after step {}", k));
  }
}

}  // namespace

const Laws<OptimizerTrial>& optimizer_laws() {
  static const Laws<OptimizerTrial> laws = {
      {"only-outputs-are-written", [](const OptimizerTrial& trial) { path(trial); }},
      {"outputs-are-finite", finite},
      {"same-inputs-give-the-same-bits",
       [](const OptimizerTrial& trial) {
         demand_equal(path(trial), path(trial), "same inputs give the same bits");
       }},
      {"two-threads-give-the-same-bits", [](const OptimizerTrial& trial) {
         const std::vector<Place> alone = path(trial);
         in_two_threads([&](std::size_t) {
           for (int i = 0; i < 50; ++i)
             demand_equal(alone, path(trial), "two threads give the same bits");
         });
       }}};
  return laws;
}

std::string fingerprint(const OptimizerTrial& trial) {
  std::string bytes;
  for (const Place& place : path(trial))
    bytes.append(reinterpret_cast<const char*>(place.theta.row(0)), trial.d * sizeof(double));
  return sha256(bytes);
}

}  // namespace seedbed::contract
