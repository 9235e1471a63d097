#pragma once
#include <csignal>
#include <optional>

namespace seedbed {

/// Signals as values, as long as this lives: SIGINT, SIGTERM, SIGHUP (unless it was ignored, as by
/// nohup), SIGTSTP and SIGWINCH of this process wait to be asked for. For the main thread, before
/// there are others.
class Interruption {
 public:
  Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();  ///< As it was.

  int descriptor() const { return descriptor_; }  ///< Can be read when there is one.
  /// The next one that came; nothing: none. Does not wait.
  std::optional<int> next();

 private:
  sigset_t before_;
  int descriptor_;
};

}  // namespace seedbed
