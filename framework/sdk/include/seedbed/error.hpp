#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace seedbed {

/// Exit codes of the program (README, "Exit codes"); an Error carries the one it ends in.
enum class Exit : int {
  done = 0,
  tasks_failed = 1,
  usage = 2,
  plugin = 3,
  mismatch = 4,
  damaged = 5,
  stopped = 75
};

/// The one exception type: `<where>: expected <x>, got <y>`, made where both are known.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, Exit exit = Exit::usage)
      : std::runtime_error(message), exit_(exit) {}

  Exit exit() const { return exit_; }

  /// Index in a plugin's parameter table that the error is about, or -1.
  std::int64_t parameter() const { return parameter_; }
  Error about(std::int64_t parameter) && {
    parameter_ = parameter;
    return std::move(*this);
  }

 private:
  Exit exit_;
  std::int64_t parameter_ = -1;
};

}  // namespace seedbed
