#include "diagnostics/gradient_sample.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "diagnostics/quantile.hpp"

using namespace seedbed;

namespace {

const std::vector<std::vector<double>> four = {{1.0, 0.0}, {3.0, 1.0}, {0.0, -1.0}, {2.0, 2.0}};

Diagnosis diagnose(const Reference& reference, const std::vector<std::vector<double>>& gradients) {
  GradientSample sample(reference);
  for (std::size_t b = 0; b < gradients.size(); ++b)
    sample.add({gradients[b], 8, b == 2 ? NAN : 1.0, NAN});
  return sample.diagnose();
}

Reference noisy(const std::vector<double>& gradient, double se) {
  return {"monte-carlo", gradient, {se, se}, {se, 0.0, 0.0, se}, 64};
}

}  // namespace

TEST_CASE("a diagnosis of four gradients agrees with the definitions") {
  // mean (1.5, .5); squares 5 and 5, product 4; reference (1, 0)
  const Diagnosis d = diagnose(Reference::exact({1.0, 0.0}), four);
  CHECK(d.count == 4);
  CHECK(d.mean == std::vector<double>{1.5, 0.5});
  CHECK(d.bias == std::vector<double>{0.5, 0.5});
  CHECK(d.variance_trace.value == Approx(10.0 / 3));
  CHECK(d.bias_norm.value == Approx(std::sqrt(0.5)));
  CHECK(d.mse.value == Approx((0 + 5 + 2 + 5) / 4.0));
  CHECK(d.snr.value == Approx(0.3));
  CHECK(d.snr.lower * d.variance_trace.upper == Approx(1.0));
  CHECK(d.snr_plugin.value == Approx(2.5 / (10.0 / 3) - 0.25));
  CHECK(d.noise_scale.value == Approx(8 / 0.3));
  CHECK(d.noise_scale.upper == Approx(8 / d.snr.lower));
  CHECK(d.cosine.value == Approx((1 + 3 / std::sqrt(10.0) + 0 + 1 / std::sqrt(2.0)) / 4));
  CHECK(d.sign_agreement.value == 0.75);
  CHECK(d.pairwise_cosine.value == Approx((3 / std::sqrt(10.0) - 2 / std::sqrt(8.0)) / 2));
  CHECK(d.variance_within_ratio.value == Approx(0.3));
  CHECK(std::isnan(d.effective_sample_size.value));
  CHECK(d.test.rank == 1);  // of four batches: the first component, S/M = 5/12
  CHECK(d.test.T2 == Approx(0.25 * 12 / 5));
  CHECK(d.test.p == Approx(f_tail(d.test.T2, 1, 3)).epsilon(1e-8));
}

TEST_CASE("the interval of a bias is the ball of Satterthwaite") {
  // V = [[5, 4], [4, 5]]/12: tr V = 10/12, tr V^2 = 82/144
  const Diagnosis d = diagnose(Reference::exact({1.0, 0.0}), four);
  const double radius = std::sqrt(82.0 / 120 * chi_square_95(100.0 / 82));
  CHECK(d.bias_norm.upper == Approx(std::sqrt(0.5) + radius));
  CHECK(d.bias_norm.lower == 0.0);
}

TEST_CASE("the noise of a reference widens what is compared with it and is taken out of squares") {
  const Diagnosis sharp = diagnose(Reference::exact({1.0, 0.0}), four),
                  d = diagnose(noisy({1.0, 0.0}, 0.5), four);
  CHECK(d.mse.value == Approx(sharp.mse.value - 0.5));
  CHECK(d.snr.value == Approx(0.5 * sharp.snr.value));
  CHECK(d.test.T2 < sharp.test.T2);
  CHECK(d.bias_norm.upper > sharp.bias_norm.upper);
  CHECK(d.test.T2 == Approx(0.25 * 12 / 8));  // 5/12 and 1/4
  CHECK(d.snr.upper / d.snr.value > sharp.snr.upper / sharp.snr.value);
}

TEST_CASE("without a reference what needs one is NaN, and noise is measured against the plug-in") {
  const Diagnosis d = diagnose(Reference::none(2), four);
  for (const double x : {d.bias_norm.value, d.mse.value, d.snr.value, d.cosine.value,
                         d.sign_agreement.value, d.test.p, d.bias[0]})
    CHECK(std::isnan(x));
  CHECK(d.variance_trace.value == Approx(10.0 / 3));
  CHECK(d.noise_scale.value == Approx(8 / 0.5));
  CHECK(d.pairwise_cosine.value == Approx((3 / std::sqrt(10.0) - 2 / std::sqrt(8.0)) / 2));
}

TEST_CASE(
    "a single batch has a mean and no variance, and gradients without noise a variance of 0") {
  const Diagnosis one = diagnose(Reference::exact({1.0, 0.0}), {{1.0, 2.0}});
  CHECK(one.mean[1] == 2.0);
  CHECK(one.bias_norm.value == 2.0);
  CHECK(std::isnan(one.variance_trace.value));
  CHECK(std::isnan(one.bias_norm.upper));
  const Diagnosis still =
      diagnose(Reference::exact({1.0, 0.0}), {{1.0, 2.0}, {1.0, 2.0}, {1.0, 2.0}});
  CHECK(still.variance_trace.upper == 0.0);
  CHECK(std::isinf(still.snr.value));
  CHECK(still.bias_norm.lower == 2.0);
  CHECK(still.bias_norm.upper == 2.0);
}

TEST_CASE("the relative error of a reference frees its norm of noise") {
  const Reference r = noisy({3.0, 4.0}, 0.5);
  CHECK(r.noise() == 0.5);
  CHECK(r.squared_norm() == 24.5);
  CHECK(r.relative_error() == Approx(std::sqrt(0.5 / 24.5)));
  CHECK(std::isinf(noisy({0.3, 0.4}, 0.5).relative_error()));
  CHECK(Reference::exact({0.0}).relative_error() == 0.0);
  CHECK(std::isnan(Reference::none(1).relative_error()));
  CHECK(r.variance_along({1.0, 2.0}) == 1.25);
}
