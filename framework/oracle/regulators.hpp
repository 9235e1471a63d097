#pragma once
// For tests: parameters of regulators, as TOML.
#include <string>
#include <vector>

namespace seedbed {

/// Recht's double integrator.
inline const std::string recht = R"(
A = [[1.0, 1.0], [0.0, 1.0]]
B = [[0.0], [1.0]]
R = [[1.0]]
Q_next = [[1.0, 0.0], [0.0, 0.0]]
W = [[1e-4, 0.0], [0.0, 1e-4]]
x0 = [-1.0, 0.0]
)";

/// A random walk of one number with noise everywhere: 5 coordinates over two steps.
inline const std::string scalar =
    "A = [[0.8]]\nB = [[0.7]]\nQ = [[0.6]]\nR = [[0.5]]\n"
    "Q_next = [[1.3]]\nW = [[0.09]]\nx0 = [1.2]\nX0 = [[0.25]]\n";
inline const std::string learned = "sigma = 0.5\nlearn_sigma = true";

/// Every matrix full: three states, two actions.
inline const std::string full = R"(
A = [[0.9, 0.2, -0.1], [0.05, 0.8, 0.3], [0.0, -0.2, 0.7]]
B = [[0.5, 0.0], [0.1, 1.0], [-0.3, 0.4]]
Q = [[1.0, 0.2, 0.0], [0.2, 2.0, 0.1], [0.0, 0.1, 0.5]]
R = [[0.6, 0.1], [0.1, 0.9]]
Q_next = [[0.3, 0.0, 0.1], [0.0, 0.4, 0.0], [0.1, 0.0, 0.2]]
W = [[0.02, 0.005, 0.0], [0.005, 0.03, 0.0], [0.0, 0.0, 0.0]]
x0 = [1.0, -0.5, 0.25]
X0 = [[0.1, 0.0, 0.02], [0.0, 0.2, 0.0], [0.02, 0.0, 0.3]]
)";
inline const std::vector<double> theta_full{-.2, .1, .05, .1, -.3, .15, -1.2, -.7};

}  // namespace seedbed
