#include "runner/gradient_record.hpp"

#include <algorithm>
#include <cmath>

#include "oracle/spectrum.hpp"
#include "runner/layout.hpp"
#include "runner/replicate.hpp"

namespace seedbed {

namespace {

struct Quantity {
  const char* path;
  Measured Diagnosis::*of;
};

constexpr Quantity quantities[] = {
    {"/gradient/bias_norm", &Diagnosis::bias_norm},
    {"/gradient/variance_trace", &Diagnosis::variance_trace},
    {"/gradient/mse", &Diagnosis::mse},
    {"/gradient/snr", &Diagnosis::snr},
    {"/gradient/snr_plugin", &Diagnosis::snr_plugin},
    {"/gradient/noise_scale", &Diagnosis::noise_scale},
    {"/gradient/cosine", &Diagnosis::cosine},
    {"/gradient/sign_agreement", &Diagnosis::sign_agreement},
    {"/gradient/pairwise_cosine", &Diagnosis::pairwise_cosine},
    {"/gradient/variance_within", &Diagnosis::variance_within},
    {"/gradient/variance_within_ratio", &Diagnosis::variance_within_ratio},
    {"/gradient/effective_sample_size", &Diagnosis::effective_sample_size}};

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

}  // namespace

GradientRecord::GradientRecord(Writer& writer, const Configuration& configuration)
    : writer_(writer), to_(writer, gradient_datasets()), configuration_(configuration) {}

void GradientRecord::measured(const char* path, const std::vector<Measured>& x) {
  std::vector<double> value, lower, upper;
  for (const Measured& m : x) {
    value.push_back(m.value);
    lower.push_back(m.lower);
    upper.push_back(m.upper);
  }
  to_.interval(path, value, lower, upper);
}

void GradientRecord::dimensions(const std::vector<std::string>& parameters) {
  to_.scale("/gradient/estimator", estimator_names(configuration_));
  to_.scale("/gradient/parameter", parameters);
}

void GradientRecord::reference(const Reference& r) {
  writer_.attribute("/gradient", "reference_kind", r.kind);
  to_.put("/gradient/reference", r.gradient);
  to_.put("/gradient/reference_se", r.standard_error);
  to_.number("/gradient/reference_batches", static_cast<std::int64_t>(r.batches));
  to_.number("/gradient/reference_error", r.relative_error());
  to_.number("/gradient/reference_error_asked", configuration_.reference_error);
}

void GradientRecord::exact_variances(const std::vector<double>& variances) {
  if (std::ranges::any_of(variances, [](double x) { return !std::isnan(x); }))
    to_.put("/gradient/variance_trace_exact", variances);
}

void GradientRecord::diagnoses(const std::vector<Diagnosis>& all) {
  moments(all);
  for (const Quantity& q : quantities) {
    const std::vector<Measured> x = each(all, q.of);
    if (q.of == &Diagnosis::effective_sample_size &&
        std::ranges::all_of(x, [](const Measured& m) { return std::isnan(m.value); }))
      continue;  // nobody said one
    measured(q.path, x);
  }
  test_of_bias(all);
  writer_.show("/gradient", "mean", {".", "."});  // viewers plot over numbers only
}

void GradientRecord::moments(const std::vector<Diagnosis>& all) {
  using D = Diagnosis;
  to_.put("/gradient/mean", joined(each(all, &D::mean)));
  to_.put("/gradient/mean_se", joined(each(all, &D::mean_se)));
  to_.interval("/gradient/variance", joined(each(all, &D::variance)),
               joined(each(all, &D::variance_lower)), joined(each(all, &D::variance_upper)));
  to_.put("/gradient/kurtosis", joined(each(all, &D::kurtosis)));
  to_.put("/gradient/bias", joined(each(all, &D::bias)));
  std::vector<std::int64_t> count;
  for (const Diagnosis& d : all) count.push_back(static_cast<std::int64_t>(d.count));
  to_.put("/gradient/count", count);
}

void GradientRecord::test_of_bias(const std::vector<Diagnosis>& all) {
  std::vector<double> T2, p;
  std::vector<std::int64_t> rank;
  for (const Diagnosis& d : all) {
    T2.push_back(d.test.T2);
    p.push_back(d.test.p);
    rank.push_back(static_cast<std::int64_t>(d.test.rank));
  }
  to_.put("/gradient/bias_T2", T2);
  to_.put("/gradient/bias_p", p);
  to_.put("/gradient/bias_rank", rank);
}

void GradientRecord::policy(const Measured& entropy, const ScoreCovariance& scores) {
  measured("/gradient/entropy", {entropy});
  const std::vector<double> F = scores.matrix();
  if (F.empty()) return;
  const auto d = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(F.size()))));
  const Spectrum found = spectrum(Dense(d, d, F.data()));
  const std::vector<double>& lambda = found.value;
  std::vector<std::int64_t> numbers(lambda.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(i);
  to_.scale("/gradient/eigenvalue", numbers);
  to_.put("/gradient/fisher_spectrum", lambda);
  to_.number("/gradient/fisher_effective_rank", found.effective_rank());
  to_.number("/gradient/fisher_trajectories", static_cast<std::int64_t>(scores.trajectories()));
}

void GradientRecord::costs(const std::vector<Diagnosis>& all,
                           const std::vector<std::uint64_t>& env_steps,
                           const std::vector<double>& seconds) {
  std::vector<std::int64_t> steps(env_steps.begin(), env_steps.end());
  std::vector<Measured> by_steps;
  std::vector<double> by_seconds;
  for (std::size_t e = 0; e < all.size(); ++e) {
    const auto M = static_cast<double>(all[e].count);
    by_steps.push_back(static_cast<double>(env_steps[e]) / M * all[e].variance_trace);
    by_seconds.push_back(seconds[e] * all[e].variance_trace.value);
  }
  to_.put("/gradient/env_steps", steps);
  measured("/gradient/variance_times_steps", by_steps);
  to_.scale("/timing/estimator", estimator_names(configuration_));
  to_.put("/timing/batch_seconds", seconds);
  to_.put("/timing/variance_times_seconds", by_seconds);
}

}  // namespace seedbed
