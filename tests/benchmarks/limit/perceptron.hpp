#pragma once
#include <cstdint>

namespace seedbed::limit {

/// Parameters of a network 4-64-64-2: W1 [64][4], b1 [64], W2 [64][64], b2 [64], W3 [2][64], b3
/// [2].
inline constexpr std::uint64_t perceptron_parameters = 4610;

struct PerceptronWork {
  std::uint64_t steps = 0, episodes = 0;
  double gradient_norm = 0.0;  ///< Of the mean contribution, where it was asked for.
};

/// Cartpole under a network of two layers of tanh with a softmax, theta as above, horizon 500:
/// noise, act, step and record until `episodes` have ended (and what is under way then is dropped).
/// `with_gradient`: one contribution per trajectory of the reward-to-go gradient.
template <class Real>
PerceptronWork perceptron_rollout(const double* theta, std::uint64_t episodes, bool with_gradient,
                                  std::uint32_t key);

extern template PerceptronWork perceptron_rollout<double>(const double*, std::uint64_t, bool,
                                                          std::uint32_t);
extern template PerceptronWork perceptron_rollout<float>(const double*, std::uint64_t, bool,
                                                         std::uint32_t);

}  // namespace seedbed::limit
