#pragma once

namespace seedbed {

/// From now on SIGTERM asks this process to stop where nothing is lost, instead of ending it, and
/// SIGINT is ignored: a terminal sends that to the whole group, and the one that started the
/// workers decides. System calls go on as if there had been no signal.
void listen_for_stop();

/// Whether it was asked. Any thread.
bool stop_requested();

}  // namespace seedbed
