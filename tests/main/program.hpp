#pragma once
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <string>

namespace seedbed {

/// What the program said (standard output and standard error) and its exit code.
struct Result {
  int exit = 0;
  std::string text;
};

/// Runs `seedbed <arguments>` by the shell.
inline Result run(const std::string& arguments) {
  FILE* program = ::popen((SEEDBED_PROGRAM " " + arguments + " 2>&1").c_str(), "r");
  REQUIRE(program);
  Result result;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, program)) > 0;)
    result.text.append(buffer, n);
  result.exit = WEXITSTATUS(::pclose(program));
  return result;
}

}  // namespace seedbed
