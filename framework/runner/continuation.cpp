#include "runner/continuation.hpp"

#include <iostream>

#include "runner/stop_request.hpp"

namespace seedbed {

bool Continuation::is_asked_to_stop() {
  return stop_requested();
}

bool Continuation::is_due() {
  const Clock::time_point now = Clock::now();
  if (std::chrono::duration<double>(now - last_).count() < seconds_) return false;
  last_ = now;
  return true;
}

void Continuation::forget() {
  std::cerr << file_.path().string()
            << ": its segments have the state of another build; it begins anew" << std::endl;
  file_.forget_saved();
}

}  // namespace seedbed
