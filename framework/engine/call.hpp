#pragma once
#include <seedbed/plugin.h>

#include <exception>
#include <seedbed/error.hpp>
#include <string>

#include "engine/call_record.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// What a call that went wrong is said to be: "<plugin>: <function>: <what> at iteration 3".
inline Error call_error(const std::string& what, Exit exit = Exit::tasks_failed) {
  const CallRecord& record = call_record();
  return Error(
      record.call() + ": " + (what.empty() ? "failed without a message" : what) + record.place(),
      exit);
}

/// Runs one function of a plugin; a status other than OK, or an exception that it let out, becomes
/// an Error (exit 1) that names plugin, function and, within an iteration, iteration and episodes.
template <std::size_t n, class Function>
void call(const Instance& instance, const char (&function)[n], Function&& body) {
  seedbed_message message;
  message.text[0] = '\0';
  const CallInProgress now(instance.title(), function);
  try {
    if (body(&message) == SEEDBED_OK) [[likely]]
      return;
  } catch (const std::exception& error) {
    throw call_error(std::string("let an exception out: ") + error.what());
  } catch (...) {
    throw call_error("let an exception out that is no std::exception");
  }
  message.text[sizeof message.text - 1] = '\0';
  throw call_error(message.text);
}

/// What a plugin says of itself: its describe() into zeroed memory, so that what an older minor of
/// the contract does not know reads as 0. Functions is seedbed_policy, ... of its kind.
template <class Functions>
auto described(const Instance& instance) {
  const auto into = []<class Info>(void (*)(const void*, Info*)) { return Info{}; };
  const auto describe = instance.functions<Functions>().describe;
  auto info = into(describe);
  call(instance, "describe", [&](seedbed_message*) {
    describe(instance.self(), &info);
    return SEEDBED_OK;
  });
  return info;
}

}  // namespace seedbed
