#pragma once
#include <cstdint>
#include <map>
#include <string>

namespace seedbed {

/// What a plugin has no business to change of the process that it runs in, since later tasks would
/// run under it: signal mask and handlers, working folder, umask, locale, how sums are rounded, the
/// descriptors of the worker, processes of its own, and memory that it keeps.
class ProcessState {
 public:
  /// `answers`: the descriptor of the worker's answers.
  static ProcessState now(int answers);

  /// What is not as in `before`: "the signal mask, the working folder"; "": nothing.
  std::string change_since(const ProcessState& before) const;
  /// The worker's line to who waits for it is the same as in `before`.
  bool can_answer_as(const ProcessState& before) const;

 private:
  std::map<std::string, std::string> what_;
  std::uint64_t data_kibibytes_ = 0, data_limit_ = 0;
};

}  // namespace seedbed
