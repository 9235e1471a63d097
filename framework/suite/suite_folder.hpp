#pragma once
// For tests: suites in a folder of their own, read against the shipped plugins.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

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

class SuiteFolder {
 public:
  SuiteFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "seedbed-suite-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path_ = name;
  }
  ~SuiteFolder() { std::filesystem::remove_all(path_); }
  SuiteFolder(const SuiteFolder&) = delete;
  SuiteFolder& operator=(const SuiteFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }

  /// Compiles a plugin library from C; it is then found beside the shipped ones.
  void compile(const std::string& source) const {
    const std::string file = (path_ / "fixture").string();
    std::ofstream(file + ".c") << source;
    REQUIRE(std::system(("cc -shared -fPIC -I" SEEDBED_SOURCE "/framework/sdk/include -o " + file +
                         ".so " + file + ".c")
                            .c_str()) == 0);
  }

  Suite read(const std::string& text, const std::vector<std::string>& overrides = {}) const {
    registries_.emplace_back(std::vector<std::filesystem::path>{SEEDBED_PLUGINS, path_});
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
  std::filesystem::path path_;
  mutable std::deque<Registry> registries_;  // suites point into them
};

}  // namespace seedbed
