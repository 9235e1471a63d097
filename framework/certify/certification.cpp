#include "certify/certification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>

#include "certify/field.hpp"
#include "certify/small_process.hpp"
#include "suite/suite.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

/// Rounding of sums over thousands of batches, relative to what is summed.
constexpr double rounding = 1e-11;

const char* name_of(std::uint32_t value, std::initializer_list<const char*> names) {
  return value < names.size() ? names.begin()[value] : "unknown";
}

void describe(const Instance& estimator, Certification& c) {
  seedbed_estimator_info info{};
  estimator.functions<seedbed_estimator>().describe(estimator.self(), &info);
  c.title =
      fmt::format("{} {}", estimator.plugin().title(), estimator.plugin().descriptor->version);
  c.estimand = name_of(info.estimand, {"gradient of J", "gradient of a smoothed J",
                                       "natural direction", "gradient of a surrogate"});
  c.declared = name_of(info.bias, {"unbiased", "consistent", "biased"});
  c.coupling = name_of(info.coupling,
                       {"independent", "a U-statistic", "pairs", "a chain", "cross-iteration"});
  c.judged = info.estimand == SEEDBED_GRADIENT_OF_J;
}

/// Of a deterministic estimate the difference of two squares may round to less than 0.
double trace(const WeighedMoments& moments) {
  double sum = 0.0;
  for (std::size_t j = 0; j < moments.size(); ++j) sum += moments.variance(j);
  return std::max(0.0, sum);
}

Finding find(const fs::path& file, SmallProcess& process, SmallProcess& yardstick, std::size_t N,
             bool later) {
  const Certificate certificate =
      process.certify(N, later ? process.later_state() : process.state());
  Finding f;
  f.process = file.stem();
  f.horizon = process.objective().horizon;
  f.discount = process.objective().discount;
  f.N = N;
  f.later = later;
  f.truth = certificate.truth.gradient;
  f.bias = certificate.bias();
  f.variance = trace(certificate.gradient);
  f.yardstick = trace(yardstick.certify(N, yardstick.state()).gradient);
  double scale = std::sqrt(f.variance);
  for (double g : f.truth) scale = std::max(scale, std::abs(g));
  f.unbiased = certificate.largest_bias() <= rounding * scale;
  return f;
}

/// With the first state and, where there is one, with a later one. An estimator that has no answer
/// to some batch has failed.
void examine(const fs::path& file, SmallProcess& process, SmallProcess& yardstick, std::size_t N,
             Certification& c) {
  try {
    c.findings.push_back(find(file, process, yardstick, N, false));
    if (process.has_state()) c.findings.push_back(find(file, process, yardstick, N, true));
  } catch (const Error& error) {
    if (error.exit() != Exit::tasks_failed) throw;  // not the estimator's own failure
    c.failure = fmt::format("FAIL on {} at N = {}: {}", file.stem().string(), N, error.what());
  }
}

void judge(Certification& c) {
  const auto biased =
      std::ranges::find_if(c.findings, [](const Finding& f) { return !f.unbiased; });
  const bool any = biased != c.findings.end();
  if (!c.failure.empty()) {
    c.verdict = c.failure;
  } else if (!c.judged) {
    c.passed = true;
    c.verdict = fmt::format(
        "NOT JUDGED: the exact {} is not known here; the bias shown is against "
        "the gradient of J",
        c.estimand);
  } else if (c.declared == "unbiased") {
    c.passed = !any;
    c.verdict = any ? fmt::format("FAIL: declared unbiased, and biased on {} at N = {}",
                                  biased->process, biased->N)
                    : "PASS: declared unbiased, and unbiased on every process";
  } else {
    c.passed = true;
    c.verdict = fmt::format("PASS: declared {}, and {}", c.declared,
                            any ? "biased as shown" : "no bias was found on any process");
  }
}

std::vector<fs::path> processes_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".toml") files.push_back(entry.path());
  if (files.empty())
    throw Error(folder.string() + ": expected a folder of processes to certify on, got none");
  std::ranges::sort(files);
  return files;
}

}  // namespace

Certification certify_on_all(const fs::path& folder, const std::string& name,
                             const std::vector<std::string>& settings, const Registry& registry) {
  registry.find(SEEDBED_ESTIMATOR, name);
  std::vector<std::string> overrides{fmt::format("estimator={{plugin=\"{}\"}}", name)};
  for (const std::string& setting : settings) overrides.push_back("estimator." + setting);
  Certification c;
  c.curl = NAN;
  for (const fs::path& file : processes_in(folder)) {
    SmallProcess process(read_suite(file, overrides, registry));
    SmallProcess yardstick(read_suite(file, {}, registry));
    describe(process.estimator(), c);
    for (std::size_t N = 1; N <= process.largest_N() && c.failure.empty(); ++N)
      examine(file, process, yardstick, N, c);
    if (!c.failure.empty()) break;
    if (std::isnan(c.curl) && !c.findings.back().unbiased && process.parameters() > 2)
      c.curl = relative_curl(process, std::min<std::size_t>(2, process.largest_N()));
  }
  judge(c);
  return c;
}

}  // namespace seedbed
