#pragma once
#include "laws/block.hpp"
#include "engine/instance.hpp"

namespace seedbed::contract {

/// What every environment keeps, on a walk of `steps` steps with 96 lanes and random actions.
/// Throws Error "law '<law>': ..." at the first that it breaks:
///   outputs are finite, within declared sizes and bounds; terminated is 0 or 1;
///   same inputs, same bits: again, in another order, from another thread, with other scratch;
///   lanes permuted, a batch split, or garbage in another lane: same bits;
///   inputs and what lies beyond the outputs are not written;
///   a state that is put back goes on as it did.
void environment_laws(const Instance& environment, std::size_t steps = 40);

/// For the tabular capability: probabilities sum to 1, rows are grouped, and every outcome of every
/// (state, action) that is reached comes with its probability, next state, reward and end.
/// One-noise environments are asked on a grid of uniforms (error 1/n), others at random (five
/// standard errors). States that look alike (equal observations) are not checked.
void tabular_laws(const Instance& environment);

/// For the linear-quadratic capability: mean and covariance of the first and of the next state,
/// read off with unit normals, and the reward, agree with the model to 1e-12.
void linear_quadratic_laws(const Instance& environment);

/// One call's lanes, and what they are stepped with.
struct Lanes {
  Block state, observation, reward, terminated;
};
struct Inputs {
  Block action, uniform, normal;
};

/// Calls that check on the way that inputs and guards are not written. `state` is the state before.
Lanes reset(const Instance& environment, const Block& uniform, const Block& normal);
Lanes step(const Instance& environment, const Block& state, const Inputs& inputs);
seedbed_environment_info describe_environment(const Instance& environment);

}  // namespace seedbed::contract
