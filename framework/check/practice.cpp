#include "check/practice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <seedbed/error.hpp>

#include "suite/diagnostic.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t N = 7;  // odd, and more than one

Configuration with_episodes(Configuration configuration) {
  configuration.episodes = N;
  return configuration;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// As --set has it, so that the estimator of the suite is the plugin on the bench.
std::vector<std::string> overrides(const Bench& bench) {
  if (bench.plugin().kind() != SEEDBED_ESTIMATOR) return {};
  std::vector<std::string> all{fmt::format("estimator={{plugin=\"{}\"}}", bench.plugin().name())};
  for (const std::string& setting : bench.own_settings()) all.push_back("estimator." + setting);
  return all;
}

}  // namespace

Practice::Practice(const Suite& suite, std::uint32_t seed)
    : configuration_(with_episodes(suite.stages.at(0).cells.at(0).configuration)),
      problem_(configuration_),
      theta_(configuration_.theta),
      estimator_(configuration_.estimators.at(0), problem_),
      sampler_(problem_, N, estimator_.info.needs) {
  sampler_.sample(estimator_, theta_, Noise(seed, 0), 0);
}

void Practice::commit() {
  sampler_.estimate(estimator_, sampler_.recording().view(), theta_, false);
}

Practices practices_for(const Bench& bench) {
  Practices practices;
  for (const fs::path& file : files_in(bench.inquiry().processes)) {
    const std::string name = file.stem().string();
    try {
      const Suite suite = read_suite(file, overrides(bench), bench.registry());
      practices.all.emplace_back(
          std::piecewise_construct, std::forward_as_tuple(name),
          std::forward_as_tuple(suite, static_cast<std::uint32_t>(bench.inquiry().seed)));
    } catch (const SuiteError& error) {
      practices.omission = fmt::format("{}: {}", name, error.what());
    }
  }
  if (practices.omission.empty() && practices.all.empty())
    practices.omission = bench.inquiry().processes.string() + ": no small processes there";
  return practices;
}

}  // namespace seedbed
