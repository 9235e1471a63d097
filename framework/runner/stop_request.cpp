#include "runner/stop_request.hpp"

#include <atomic>
#include <csignal>

namespace seedbed {

namespace {

std::atomic<bool> requested{false};  // Rationale: a signal handler has no other argument.
static_assert(std::atomic<bool>::is_always_lock_free);

void request_stop(int) {
  requested = true;
}

}  // namespace

void listen_for_stop() {
  struct sigaction on_term {};
  on_term.sa_handler = request_stop;
  on_term.sa_flags = SA_RESTART;
  sigemptyset(&on_term.sa_mask);
  ::sigaction(SIGTERM, &on_term, nullptr);
  std::signal(SIGINT, SIG_IGN);
}

bool stop_requested() {
  return requested;
}

}  // namespace seedbed
