#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "loader/registry.hpp"

namespace seedbed {

/// What is checked, and with what.
struct Inquiry {
  std::filesystem::path library;
  std::vector<std::string> settings;  ///< "A=[[1.0]]": as given with --set
  std::uint64_t seed = 1;             ///< of every random number
  SearchPath plugin_path = std::vector<std::filesystem::path>{};  ///< beside the library
  std::filesystem::path processes;  ///< suites of small processes, as certify takes them
};

/// What became of one case.
enum class Result { pass, fail, skipped };
struct Verdict {
  Result result = Result::pass;
  std::string
      text;  ///< fail: the counter-example; skipped: why; pass: what is worth knowing, or ""
};

const char* name_of(Result result);  ///< "pass", "FAIL", "skipped"

}  // namespace seedbed
