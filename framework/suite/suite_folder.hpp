#pragma once
// For tests: suites in a folder of their own, read against the shipped plugins.
#include <catch2/catch.hpp>
#include <deque>
#include <string>
#include <vector>

#include "main/temporary_folder.hpp"
#include "suite/diagnostic.hpp"
#include "suite/plan.hpp"

namespace seedbed {

/// A suite that is right: two estimators by three steps on a small regulator.
inline const std::string good_suite = R"(title = "Good"
seed = 7
replicates = 3
[environment]
plugin = "linear-quadratic"
A = [[1.0, 1.0], [0.0, 1.0]]
B = [[0.0], [1.0]]
R = [[1.0]]
x0 = [0.1, 0.2]
[objective]
horizon = 10
[policy]
plugin = "linear-gaussian"
sigma = 0.04
[learn]
iterations = 5
episodes = 8
optimizer = { plugin = "sgd", step = 3e-4 }
[sweep]
estimator = ["reinforce", { plugin = "reinforce", baseline = "leave-one-out" }]
"optimizer.step" = [1e-4, 3e-4, 1e-3]
)";

/// `text` with the one occurrence of `from` replaced.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

class SuiteFolder : public TemporaryFolder {
 public:
  /// Compiles a plugin library; it is then found beside the shipped ones.
  void compile(const std::string& source) const { TemporaryFolder::compile("fixture", source); }

  Suite read(const std::string& text, const std::vector<std::string>& overrides = {}) const {
    registries_.emplace_back(std::vector<std::filesystem::path>{SEEDBED_PLUGINS, path()});
    return read_suite(write("suite.toml", text), overrides, registries_.back());
  }

  /// What is said about a suite that is wrong.
  std::string errors(const std::string& text,
                     const std::vector<std::string>& overrides = {}) const {
    try {
      read(text, overrides);
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::usage);
      return error.what();
    }
    FAIL("the suite was accepted");
    return "";
  }

 private:
  mutable std::deque<Registry> registries_;  // suites point into them
};

}  // namespace seedbed
