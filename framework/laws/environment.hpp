#pragma once
#include "engine/instance.hpp"
#include "laws/block.hpp"
#include "laws/law.hpp"

namespace seedbed::contract {

/// An environment, walked for `steps` steps with 96 lanes and random actions.
struct EnvironmentTrial {
  const Instance& environment;
  std::uint64_t seed = 1;
  std::size_t steps = 40;
};

/// What every environment keeps, law by law: what it declares, finite outputs within their bounds,
/// purity (again, in another order, split, with other scratch, from two threads), a state that is
/// put back, and nothing written but the outputs.
const Laws<EnvironmentTrial>& environment_laws();
/// The same with what its capabilities promise.
Laws<EnvironmentTrial> environment_laws(const Plugin& plugin);
/// All of them but the capabilities'. Throws Error "law '<law>': ..." at the first broken one.
void environment_laws(const Instance& environment, std::size_t steps = 40);
/// The numbers of a walk as text: equal in another process.
std::string fingerprint(const EnvironmentTrial& trial);

/// For the tabular capability: probabilities sum to 1, rows are grouped, and every outcome of every
/// (state, action) that is reached comes with its probability, next state, reward and end.
/// One-noise environments are asked on a grid of uniforms (error 1/n), others at random (five
/// standard errors). States that look alike (equal observations) are not checked.
void tabular_laws(const Instance& environment);

/// For the reward-bound capability: every reward of a walk lies within it.
void reward_bound_law(const EnvironmentTrial& trial);

/// For the drawing capability: pictures of a walk are finite, pure, and what never moves does not.
void drawing_law(const EnvironmentTrial& trial);

/// For the linear-quadratic capability: mean and covariance of the first and of the next state,
/// read off with unit normals, and the reward, agree with the model to 1e-12.
void linear_quadratic_laws(const Instance& environment);

/// For the pathwise capability: pull_back agrees with central differences of step (fourth order,
/// 1e-6), is pure, and is 0 for bars of 0.
void environment_pathwise_laws(const EnvironmentTrial& trial);

/// One call's lanes, and what they are stepped with.
struct Lanes {
  Block state, observation, reward, terminated;
};
struct Inputs {
  Block action, uniform, normal;
};

/// What stepping from random places gave: state before, inputs, lanes after.
struct Walked {
  Lanes first;
  std::vector<Block> state;
  std::vector<Inputs> in;
  std::vector<Lanes> after;
};

/// Random actions, of a box some outside; lanes that ended start again.
Walked walk(const EnvironmentTrial& trial);

/// Calls that check on the way that inputs and guards are not written. `state` is the state before,
/// `scratch` what the scratch memory is full of.
Lanes reset(const Instance& environment, const Block& uniform, const Block& normal);
Lanes step(const Instance& environment, const Block& state, const Inputs& inputs,
           double scratch = nan);
seedbed_environment_info describe_environment(const Instance& environment);

}  // namespace seedbed::contract
