#include "runner/layout.hpp"

namespace seedbed {

namespace {

constexpr Declaration of_a_study[] = {
    {"/gradient/estimator", "estimator", "1", "estimator"},
    {"/gradient/parameter", "parameter", "1", "component of theta"},
    {"/gradient/mean", "estimator parameter", "reward",
     "mean of the gradient estimates over batches"},
    {"/gradient/mean_se", "estimator parameter", "reward", "standard error of mean"},
    {"/gradient/variance", "estimator parameter", "reward2",
     "variance of a batch's gradient estimate", Ends::interval},
    {"/gradient/kurtosis", "estimator parameter", "1", "kurtosis of a batch's gradient estimate"},
    {"/gradient/bias", "estimator parameter", "reward",
     "mean minus reference; NaN where the estimand is not grad J"},
    {"/gradient/count", "estimator", "1", "number of batches"},
    {"/gradient/bias_norm", "estimator", "reward", "norm of mean minus reference", Ends::interval},
    {"/gradient/variance_trace", "estimator", "reward2",
     "trace of the covariance of a batch's gradient", Ends::interval},
    {"/gradient/variance_trace_exact", "estimator", "reward2",
     "the same by an oracle, exact; NaN where none knows it"},
    {"/gradient/mse", "estimator", "reward2", "mean squared distance to the gradient of J",
     Ends::interval},
    {"/gradient/snr", "estimator", "1", "squared norm of the gradient of J over variance_trace",
     Ends::interval},
    {"/gradient/snr_plugin", "estimator", "1",
     "the same from the mean, freed of its noise: may be below 0", Ends::interval},
    {"/gradient/noise_scale", "estimator", "units",
     "batch size at which noise equals signal: units over snr", Ends::interval},
    {"/gradient/cosine", "estimator", "1", "mean cosine of a batch's gradient to the gradient of J",
     Ends::interval},
    {"/gradient/sign_agreement", "estimator", "1",
     "share of batches with a positive product with the gradient of J", Ends::interval},
    {"/gradient/pairwise_cosine", "estimator", "1", "mean cosine of two batches' gradients",
     Ends::interval},
    {"/gradient/variance_within", "estimator", "reward2",
     "variance_trace as a batch says it of itself, mean", Ends::interval},
    {"/gradient/variance_within_ratio", "estimator", "1", "variance_within over variance_trace",
     Ends::interval},
    {"/gradient/effective_sample_size", "estimator", "units", "as the estimator says it, mean",
     Ends::interval},
    {"/gradient/bias_T2", "estimator", "1", "Hotelling's T2 of the bias on the span"},
    {"/gradient/bias_p", "estimator", "1", "probability of a larger T2 without bias"},
    {"/gradient/bias_rank", "estimator", "1", "dimension of the span of the estimates"},
    {"/gradient/env_steps", "estimator", "steps", "environment steps in all"},
    {"/gradient/variance_times_steps", "estimator", "reward2 steps",
     "variance_trace times environment steps per batch", Ends::interval},
    {"/gradient/reference", "parameter", "reward", "reference gradient"},
    {"/gradient/reference_se", "parameter", "reward",
     "standard error of the reference; 0 when exact"},
    {"/gradient/reference_batches", "", "1",
     "batches that the reference is the mean of; 0 when exact"},
    {"/gradient/reference_error", "", "1", "relative error of the reference; 0 when exact"},
    {"/gradient/reference_error_asked", "", "1",
     "relative error at which the reference was to end"},
    {"/gradient/entropy", "", "nat", "minus the mean of log pi(a|s)", Ends::interval},
    {"/gradient/eigenvalue", "eigenvalue", "1", "eigenvalue, the largest first"},
    {"/gradient/fisher_spectrum", "eigenvalue", "1",
     "eigenvalues of the mean of Z Z' over trajectories"},
    {"/gradient/fisher_effective_rank", "", "1",
     "squared sum of the spectrum over its sum of squares"},
    {"/gradient/fisher_trajectories", "", "1", "trajectories that the spectrum is of"},
    {"/gradient/source", "source", "1", "draw that moves the contribution of a trajectory"},
    {"/gradient/source_variance", "estimator source", "reward2",
     "part of the variance trace of one contribution; NaN where it has no parts"},
    {"/gradient/source_variance_se", "estimator source", "reward2", "standard error of the part"},
    {"/gradient/source_total", "estimator", "reward2", "variance trace of one contribution"},
    {"/timing/estimator", "estimator", "1", "estimator"},
    {"/timing/batch_seconds", "estimator", "s",
     "wall time to sample a batch, shared or not, and to estimate by itself, mean over 32 batches "
     "or more, or all"},
    {"/timing/variance_times_seconds", "estimator", "reward2 s",
     "variance_trace times batch_seconds"}};

}  // namespace

Declarations gradient_datasets() {
  return of_a_study;
}

}  // namespace seedbed
