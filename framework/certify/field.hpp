#pragma once
#include "certify/small_process.hpp"

namespace seedbed {

/// How far the estimator's exact mean g(theta) is from a gradient field at the process's theta:
///
///   max_ij |M_ij - M_ji| / max_ij |M_ij|,   M = dg/dtheta by central differences, h = 1e-4
///
/// A field is the gradient of a function only where its Jacobian is symmetric; the differences
/// leave about 1e-7. NaN where there are too many batches. Source: C. Nota and P. S. Thomas, Is the
/// policy gradient a gradient?, 2020.
double relative_curl(SmallProcess& process);

}  // namespace seedbed
