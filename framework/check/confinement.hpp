#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace seedbed {

/// What a child process may use.
struct Limits {
  double seconds = 10.0;
  std::uint64_t bytes = std::uint64_t{4} << 30;  ///< of address space; not under a sanitizer
};

/// How it went.
struct Confined {
  std::string output;  ///< The last of stdout and stderr, in the order they came.
  std::string
      failure;  ///< "stopped by SIGSEGV", "no answer in 10 s", ...; "" when it exited with 0.
  double seconds = 0.0;
};

/// Runs this very program again with other arguments, in a process group that ends with it. From
/// a process of one thread only.
Confined run_confined(const std::vector<std::string>& arguments, const Limits& limits);

}  // namespace seedbed
