#include "main/read_whole.hpp"

#include <cstdio>
#include <exception>

/// Reads every dataset and attribute of the given result files by the store; 5 when one is damaged.
int main(int count, char** arguments) {
  try {
    for (int i = 1; i < count; ++i) seedbed::read_whole(arguments[i]);
    return 0;
  } catch (const std::exception& error) {
    std::printf("%s\n", error.what());
    return 5;
  }
}
