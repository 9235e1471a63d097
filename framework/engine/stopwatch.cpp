#include "engine/stopwatch.hpp"

#include <chrono>
#include <ctime>

namespace seedbed {

namespace {

double wall_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

Stopwatch::Stopwatch() : wall_(wall_now()), cpu_(cpu_now()) {}
double Stopwatch::wall() const {
  return wall_now() - wall_;
}
double Stopwatch::cpu() const {
  return cpu_now() - cpu_;
}

}  // namespace seedbed
