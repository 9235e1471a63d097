#include "diagnostics/gradient_sample.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <seedbed/math.hpp>

#include "diagnostics/quantile.hpp"

namespace seedbed {

namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0.0;
  for (std::size_t j = 0; j < a.size(); ++j) sum += a[j] * b[j];
  return sum;
}

/// 0 where a vector is 0: it points nowhere.
double cosine_of(const Vector& a, const Vector& b) {
  const double norms = std::sqrt(dot(a, a) * dot(b, b));
  return norms == 0.0 ? 0.0 : dot(a, b) / norms;
}

double squared_distance(const Vector& a, const Vector& b) {
  double sum = 0.0;
  for (std::size_t j = 0; j < a.size(); ++j) sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

Vector difference(const Vector& a, const Vector& b) {
  Vector result(a.size());
  for (std::size_t j = 0; j < a.size(); ++j) result[j] = a[j] - b[j];
  return result;
}

/// A'A + B'B of two matrices of columns [d].
Vector stacked(const Vector& A, const Vector& B, std::size_t d) {
  Vector both;
  for (std::size_t j = 0; j < d; ++j)
    for (const Vector* M : {&A, &B}) {
      const std::size_t rows = M->size() / d;
      both.insert(both.end(), M->begin() + static_cast<std::ptrdiff_t>(j * rows),
                  M->begin() + static_cast<std::ptrdiff_t>((j + 1) * rows));
    }
  return both;
}

/// tr (A'A)^2 = sum of the squares of AA', which all components are added to side by side.
double trace_of_square(const Vector& A, std::size_t d) {
  const std::size_t rows = A.size() / d;
  Vector products(rows * rows, 0.0);
  for (std::size_t j = 0; j < d; ++j) {
    const double* a = A.data() + j * rows;
    for (std::size_t k = 0; k < rows; ++k)
      for (std::size_t l = 0; l < rows; ++l) products[k * rows + l] += a[k] * a[l];
  }
  return dot(products, products);
}

/// Radius of the ball that a mean with covariance V = A'A misses with probability 0.05.
///   |e|^2 ~ g chi^2_h,   g = tr V^2 / tr V,   h = (tr V)^2 / tr V^2
/// Source: Satterthwaite 1946; Box 1954.
double radius(const Vector& A, std::size_t d) {
  const double trace = dot(A, A), square = trace_of_square(A, d);
  return trace > 0.0 ? std::sqrt(square / trace * chi_square_95(trace * trace / square)) : trace;
}

double log_trace(const Spread& spread) {
  return math::log(spread.trace());
}

}  // namespace

GradientSample::GradientSample(Reference reference)
    : reference_(std::move(reference)),
      moments_(reference_.gradient.size()),
      spread_(moments_.mean.size()) {}

void GradientSample::add(const GradientDraw& draw) {
  const Vector& g = draw.gradient;
  const std::uint64_t b = moments_.count;
  moments_.add(g);
  spread_.add(g);
  squared_error_.add(b, squared_distance(g, reference_.gradient));
  cosine_.add(b, cosine_of(g, reference_.gradient));
  agreements_ += dot(g, reference_.gradient) > 0.0 ? 1 : 0;
  if (b % 2 == 1) pairwise_cosine_.add(b, cosine_of(last_, g));
  if (!std::isnan(draw.variance_within)) within_.add(b, draw.variance_within);
  if (!std::isnan(draw.effective_sample_size))
    effective_sample_size_.add(b, draw.effective_sample_size);
  units_ = draw.units;
  last_ = g;
}

Diagnosis GradientSample::diagnose() const {
  Diagnosis d;
  describe_components(d);
  describe_noise(d);
  describe_bias(d);
  d.cosine = cosine_.measured();
  d.pairwise_cosine = pairwise_cosine_.measured();
  d.effective_sample_size = effective_sample_size_.measured();
  if (reference_.kind != "none") d.sign_agreement = proportion(agreements_, d.count);
  return d;
}

void GradientSample::describe_components(Diagnosis& d) const {
  d.count = moments_.count;
  d.mean = moments_.mean;
  for (std::size_t j = 0; j < d.mean.size(); ++j) {
    const Measured variance = moments_.variance(j);
    d.variance.push_back(variance.value);
    d.variance_lower.push_back(variance.lower);
    d.variance_upper.push_back(variance.upper);
    d.kurtosis.push_back(moments_.kurtosis(j));
    d.mean_se.push_back(moments_.standard_error(j));
  }
}

/// The reference's own noise is in |mean - reference| and in the mean squared distance: A holds it,
/// and the latter is freed of it.
///   E |g - r|^2 = mse + tr Cov(r),   of which r adds 4 bias' Cov(r) bias to the variance
void GradientSample::describe_bias(Diagnosis& d) const {
  const std::size_t size = d.mean.size();
  d.bias = difference(d.mean, reference_.gradient);
  const Vector A = stacked(spread_.deviations(), reference_.deviations, size);
  const double norm = std::sqrt(dot(d.bias, d.bias)), r = radius(A, size);
  d.bias_norm = {norm, std::isnan(norm - r) ? Measured::none : std::max(norm - r, 0.0), norm + r};
  if (std::isnan(norm)) return;
  d.test = hotelling(d.bias, A, spread_.groups());
  const double mse = squared_error_.mean() - reference_.noise(), own = squared_error_.error();
  const double error = std::sqrt(own * own + 4.0 * reference_.variance_along(d.bias));
  d.mse = log_interval(mse, error / mse, squared_error_.groups());
}

void GradientSample::describe_noise(Diagnosis& d) const {
  const Spread spread = spread_.whole();
  const std::uint64_t groups = spread_.groups();
  const double trace = spread.trace(), error = spread_.error(log_trace);
  d.variance_trace = log_interval(trace, error, groups);

  const double norm2 = reference_.squared_norm();
  const double of_norm2 = 2.0 * std::sqrt(reference_.variance_along(reference_.gradient)) / norm2;
  d.snr = log_interval(norm2 / trace, std::sqrt(error * error + of_norm2 * of_norm2), groups);
  d.snr_plugin =
      interval(spread.signal_to_noise(),
               spread_.error([](const Spread& s) { return s.signal_to_noise(); }), groups);
  const Measured& snr = reference_.kind == "none" ? d.snr_plugin : d.snr;
  const auto scale = [&](double x) {
    return x > 0.0 ? static_cast<double>(units_) / x : std::numeric_limits<double>::infinity();
  };
  if (units_ > 0 && !std::isnan(snr.upper))
    d.noise_scale = {scale(snr.value), scale(snr.upper), scale(snr.lower)};

  // Errors of both are added as if they were independent: they are positively correlated, if at
  // all.
  d.variance_within = within_.measured();
  const double within = d.variance_within.value, relative = within_.error() / within;
  d.variance_within_ratio =
      log_interval(within / trace, std::sqrt(error * error + relative * relative), groups);
}

}  // namespace seedbed
