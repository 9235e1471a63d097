#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "runner/crew.hpp"

namespace seedbed {

/// A line of the screen per busy worker: task, iteration i of n, iterations per second since it was
/// first seen at this task, time.
class WorkerLines {
 public:
  WorkerLines(const Suite& suite, const Plan& plan) : suite_(suite), plan_(plan) {}

  /// " 2 learn/optimizer.step=1e-3/r0007  iteration 120/250  35/s  0:03", at most so wide.
  std::string line(const BusyWorker& worker, std::size_t columns);
  void forget(unsigned worker) { paces_.erase(worker); }  ///< Its task ended.
  void forget() { paces_.clear(); }                       ///< They were all at rest.
  std::uint64_t iterations_of(std::size_t task) const;

 private:
  struct Pace {  ///< Where a worker was when it was first seen at this task.
    std::size_t task;
    std::uint64_t iteration;
    Crew::Clock::time_point since;
  };
  const Suite& suite_;
  const Plan& plan_;
  std::map<unsigned, Pace> paces_;
};

/// "0:42", "3:05", "1:02:03"
std::string clock_text(double seconds);

}  // namespace seedbed
