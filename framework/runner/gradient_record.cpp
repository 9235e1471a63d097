#include "runner/gradient_record.hpp"

#include <algorithm>
#include <cmath>

#include "oracle/spectrum.hpp"
#include "runner/replicate.hpp"

namespace seedbed {

namespace {

struct Quantity {
  const char* name;
  Measured Diagnosis::*of;
  const char *units, *long_name;
};

constexpr Quantity quantities[] = {
    {"bias_norm", &Diagnosis::bias_norm, "reward", "norm of mean minus reference"},
    {"variance_trace", &Diagnosis::variance_trace, "reward2",
     "trace of the covariance of a batch's gradient"},
    {"mse", &Diagnosis::mse, "reward2", "mean squared distance to the gradient of J"},
    {"snr", &Diagnosis::snr, "1", "squared norm of the gradient of J over variance_trace"},
    {"snr_plugin", &Diagnosis::snr_plugin, "1",
     "the same from the mean, freed of its noise: may be below 0"},
    {"noise_scale", &Diagnosis::noise_scale, "units",
     "batch size at which noise equals signal: units over snr"},
    {"cosine", &Diagnosis::cosine, "1", "mean cosine of a batch's gradient to the gradient of J"},
    {"sign_agreement", &Diagnosis::sign_agreement, "1",
     "share of batches with a positive product with the gradient of J"},
    {"pairwise_cosine", &Diagnosis::pairwise_cosine, "1", "mean cosine of two batches' gradients"},
    {"variance_within", &Diagnosis::variance_within, "reward2",
     "variance_trace as a batch says it of itself, mean"},
    {"variance_within_ratio", &Diagnosis::variance_within_ratio, "1",
     "variance_within over variance_trace"},
    {"effective_sample_size", &Diagnosis::effective_sample_size, "units",
     "as the estimator says it, mean"}};

/// One member of every diagnosis, one after the other.
template <class Member>
auto each(const std::vector<Diagnosis>& diagnoses, Member member) {
  std::vector<std::remove_cvref_t<decltype(diagnoses[0].*member)>> column;
  for (const Diagnosis& d : diagnoses) column.push_back(d.*member);
  return column;
}

std::vector<double> joined(const std::vector<std::vector<double>>& rows) {
  std::vector<double> all;
  for (const auto& row : rows) all.insert(all.end(), row.begin(), row.end());
  return all;
}

const Dimensions one{"estimator"}, component{"estimator", "parameter"};

}  // namespace

GradientRecord::GradientRecord(Writer& writer, const Configuration& configuration)
    : writer_(writer), configuration_(configuration) {}

void GradientRecord::measured(const std::string& path, const Dimensions& dims,
                              const std::vector<Measured>& x, const Meaning& meaning) {
  std::vector<double> value, lower, upper;
  for (const Measured& m : x) {
    value.push_back(m.value);
    lower.push_back(m.lower);
    upper.push_back(m.upper);
  }
  writer_.put(path, dims, value, meaning);
  writer_.put(path + "_lower", dims, lower, {meaning.units, "lower end of its 95 % interval"});
  writer_.put(path + "_upper", dims, upper, {meaning.units, "upper end of its 95 % interval"});
}

void GradientRecord::reference(const Reference& r) {
  const auto batches = static_cast<std::int64_t>(r.batches);
  const double error = r.relative_error();
  writer_.attribute("/gradient", "reference_kind", r.kind);
  writer_.put("/gradient/reference", {"parameter"}, r.gradient, {"reward", "reference gradient"});
  writer_.put("/gradient/reference_se", {"parameter"}, r.standard_error,
              {"reward", "standard error of the reference; 0 when exact"});
  writer_.put("/gradient/reference_batches", {}, std::span(&batches, 1),
              {"1", "batches that the reference is the mean of; 0 when exact"});
  writer_.put("/gradient/reference_error", {}, std::span(&error, 1),
              {"1", "relative error of the reference; 0 when exact"});
  writer_.put("/gradient/reference_error_asked", {}, std::span(&configuration_.reference_error, 1),
              {"1", "relative error at which the reference was to end"});
}

void GradientRecord::diagnoses(const std::vector<Diagnosis>& all) {
  moments(all);
  for (const Quantity& q : quantities) {
    const std::vector<Measured> x = each(all, q.of);
    if (q.of == &Diagnosis::effective_sample_size &&
        std::ranges::all_of(x, [](const Measured& m) { return std::isnan(m.value); }))
      continue;  // nobody said one
    measured(std::string("/gradient/") + q.name, one, x, {q.units, q.long_name});
  }
  test_of_bias(all);
  writer_.show("/gradient", "mean", {".", "."});  // viewers plot over numbers only
}

void GradientRecord::moments(const std::vector<Diagnosis>& all) {
  using D = Diagnosis;
  const auto put = [&](const char* name, std::vector<double> D::*member, const Meaning& meaning) {
    writer_.put(std::string("/gradient/") + name, component, joined(each(all, member)), meaning);
  };
  put("mean", &D::mean, {"reward", "mean of the gradient estimates over batches"});
  put("mean_se", &D::mean_se, {"reward", "standard error of mean"});
  put("variance", &D::variance, {"reward2", "variance of a batch's gradient estimate"});
  put("variance_lower", &D::variance_lower, {"reward2", "lower end of its 95 % interval"});
  put("variance_upper", &D::variance_upper, {"reward2", "upper end of its 95 % interval"});
  put("kurtosis", &D::kurtosis, {"1", "kurtosis of a batch's gradient estimate"});
  put("bias", &D::bias, {"reward", "mean minus reference; NaN where the estimand is not grad J"});
  std::vector<std::int64_t> count;
  for (const Diagnosis& d : all) count.push_back(static_cast<std::int64_t>(d.count));
  writer_.put("/gradient/count", one, count, {"1", "number of batches"});
}

void GradientRecord::test_of_bias(const std::vector<Diagnosis>& all) {
  std::vector<double> T2, p;
  std::vector<std::int64_t> rank;
  for (const Diagnosis& d : all) {
    T2.push_back(d.test.T2);
    p.push_back(d.test.p);
    rank.push_back(static_cast<std::int64_t>(d.test.rank));
  }
  writer_.put("/gradient/bias_T2", one, T2, {"1", "Hotelling's T2 of the bias on the span"});
  writer_.put("/gradient/bias_p", one, p, {"1", "probability of a larger T2 without bias"});
  writer_.put("/gradient/bias_rank", one, rank, {"1", "dimension of the span of the estimates"});
}

void GradientRecord::policy(const Measured& entropy, const ScoreCovariance& scores) {
  measured("/gradient/entropy", {}, {entropy}, {"nat", "minus the mean of log pi(a|s)"});
  const std::vector<double> F = scores.matrix();
  if (F.empty()) return;
  const auto d = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(F.size()))));
  const Spectrum found = spectrum(Dense(d, d, F.data()));
  const std::vector<double>& lambda = found.value;
  const double rank = found.effective_rank();
  std::vector<std::int64_t> numbers(lambda.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(i);
  const auto trajectories = static_cast<std::int64_t>(scores.trajectories());
  writer_.scale("/gradient/eigenvalue", numbers, {"1", "eigenvalue, the largest first"});
  writer_.put("/gradient/fisher_spectrum", {"eigenvalue"}, lambda,
              {"1", "eigenvalues of the mean of Z Z' over trajectories"});
  writer_.put("/gradient/fisher_effective_rank", {}, std::span(&rank, 1),
              {"1", "squared sum of the spectrum over its sum of squares"});
  writer_.put("/gradient/fisher_trajectories", {}, std::span(&trajectories, 1),
              {"1", "trajectories that the spectrum is of"});
}

void GradientRecord::costs(const std::vector<Diagnosis>& all,
                           const std::vector<std::uint64_t>& env_steps,
                           const std::vector<double>& seconds) {
  std::vector<std::int64_t> steps(env_steps.begin(), env_steps.end());
  std::vector<Measured> by_steps;
  std::vector<double> per_batch, by_seconds;
  for (std::size_t e = 0; e < all.size(); ++e) {
    const auto M = static_cast<double>(all[e].count);
    by_steps.push_back(static_cast<double>(env_steps[e]) / M * all[e].variance_trace);
    per_batch.push_back(seconds[e] / M);
    by_seconds.push_back(seconds[e] / M * all[e].variance_trace.value);
  }
  writer_.put("/gradient/env_steps", one, steps, {"steps", "environment steps in all"});
  measured("/gradient/variance_times_steps", one, by_steps,
           {"reward2 steps", "variance_trace times environment steps per batch"});
  writer_.scale("/timing/estimator", estimator_names(configuration_), {"1", "estimator"});
  writer_.put("/timing/batch_seconds", one, per_batch,
              {"s", "wall time to sample a batch, shared or not, and to estimate, mean"});
  writer_.put("/timing/variance_times_seconds", one, by_seconds,
              {"reward2 s", "variance_trace times batch_seconds"});
}

}  // namespace seedbed
