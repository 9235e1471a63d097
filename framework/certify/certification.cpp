#include "certify/certification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <seedbed/error.hpp>

#include "certify/examination.hpp"
#include "suite/diagnostic.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

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

/// The first lines of what was wrong, as one.
std::string first_error(const std::string& text) {
  const auto at = text.find("error: ");
  const std::string line = at == std::string::npos ? text : text.substr(at + 7);
  return line.substr(0, line.find('\n'));
}

/// PASS and FAIL in a sentence.
void judge(Certification& c) {
  const auto other =
      std::ranges::find_if(c.behaviours, [](const Behaviour& f) { return !f.as_declared; });
  const auto stays = std::ranges::find_if(c.limits, [](const Limit& l) { return !l.vanishes; });
  const bool is_biased =
      std::ranges::any_of(c.behaviours, [](const Behaviour& f) { return !f.unbiased; });
  if (!c.failure.empty()) {
    c.verdict = c.failure;
  } else if (other != c.behaviours.end() && c.declared == "unbiased") {
    c.verdict = fmt::format("FAIL: declared unbiased, and biased on {} at N = {}", other->process,
                            other->N);
  } else if (other != c.behaviours.end()) {
    c.verdict = fmt::format(
        "FAIL: declared biased by an exact multiple of the {}, and by another "
        "on {} at N = {}",
        c.estimand, other->process, other->N);
  } else if (stays != c.limits.end()) {
    c.verdict = fmt::format("FAIL: declared consistent, and its bias on {} stays as N grows",
                            stays->process);
  } else if (c.behaviours.empty()) {
    c.verdict = "FAIL: no process on which every batch could be enumerated";
  } else {
    c.passed = true;
    if (c.declared == "unbiased")
      c.verdict = "PASS: declared unbiased, and unbiased on every process";
    else if (c.relative_bias != 0.0)
      c.verdict = fmt::format(
          "PASS: declared biased by {:.6g} of the {}, and exactly so on every "
          "process",
          c.relative_bias, c.estimand);
    else
      c.verdict = fmt::format("PASS: declared {}, and {}", c.declared,
                              is_biased ? "biased as shown" : "no bias was found on any process");
    if (!c.limits.empty()) c.verdict += "; the bias vanishes as N grows";
  }
}

}  // namespace

Certification certify_on_all(const fs::path& folder, const std::string& name,
                             const std::vector<std::string>& settings, const Registry& registry) {
  registry.find(SEEDBED_ESTIMATOR, name);
  std::vector<std::string> overrides{fmt::format("estimator={{plugin=\"{}\"}}", name)};
  for (const std::string& setting : settings) overrides.push_back("estimator." + setting);
  Certification c;
  const std::vector<fs::path> files = processes_in(folder);
  for (const fs::path& file : files) {
    const std::string process = file.stem().string();
    try {
      examine(process, read_suite(file, overrides, registry), c);
    } catch (const SuiteError& error) {
      if (!error.only_unmet() || (file == files.back() && c.title.empty())) throw;
      c.omissions.push_back({process, 0, false, first_error(error.what())});
    }
    if (!c.failure.empty()) break;
  }
  judge(c);
  return c;
}

}  // namespace seedbed
