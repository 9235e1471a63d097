#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "runner/replicate.hpp"
#include "store/run_file.hpp"
#include "store/state.hpp"

namespace seedbed {

/// How a replicate's loop goes on over interruptions, to the same bits:
///
///   Continuation continuation(file, replicate.checkpoint_every);
///   continuation.take_up(progress);
///   while (progress goes on) {
///     if (continuation.pauses(progress)) return Ending::stopped;
///     ... one iteration, recorded in the file ...
///   }
///   return continuation.finish(progress, "done");
///
/// `progress` is all that goes from one iteration to the next: members() (store/state.hpp), and
/// done(), a number that grows from 0 with each iteration.
class Continuation {
 public:
  /// A segment is published every so many seconds; 0: after each iteration.
  Continuation(RunFile& file, double seconds) : file_(file), seconds_(seconds) {}

  /// Sets `progress` to where an earlier execution got, if there was one.
  template <class Progress>
  void take_up(Progress& progress) {
    if (file_.saved() && !restore(progress, *file_.saved())) forget();
  }

  /// Publishes a segment when it is time, or when the process was asked to stop: then true, and the
  /// segment is on the disk.
  template <class Progress>
  bool pauses(Progress& progress) {
    const bool stops = is_asked_to_stop();
    if (!stops && !is_due()) return false;
    file_.publish_segment(progress.done(), state_of(progress));
    if (stops) file_.wait();
    return stops;
  }

  template <class Progress>
  Ending finish(Progress& progress, const std::string& status) {
    if (file_.has_segments()) file_.publish_segment(progress.done(), state_of(progress));
    return file_.finish(status) ? Ending::done : Ending::again;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static bool is_asked_to_stop();
  bool is_due();
  void forget();

  RunFile& file_;
  double seconds_;
  Clock::time_point last_ = Clock::now();
};

}  // namespace seedbed
