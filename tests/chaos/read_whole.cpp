#include "main/read_whole.hpp"

#include <cstdio>
#include <exception>

/// Reads every dataset and attribute of the given result files by the store; 5 when one is damaged.
/// One that is not there any more is a segment that was joined meanwhile.
int main(int count, char** arguments) {
  int exit = 0;
  for (int i = 1; i < count; ++i) try {
      seedbed::read_whole(arguments[i]);
    } catch (const std::exception& error) {
      if (!std::filesystem::exists(arguments[i])) continue;
      std::printf("%s\n", error.what());
      exit = 5;
    }
  return exit;
}
