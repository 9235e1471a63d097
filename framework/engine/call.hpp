#pragma once
#include <seedbed/plugin.h>

#include <seedbed/error.hpp>
#include <string>

#include "engine/instance.hpp"

namespace seedbed {

/// Runs one function of a plugin; a status other than OK becomes an Error (exit 1) that names
/// plugin and function.
template <class Function>
void call(const Instance& instance, const char* function, Function&& body) {
  seedbed_message message;
  message.text[0] = '\0';
  if (body(&message) == SEEDBED_OK) [[likely]]
    return;
  message.text[sizeof message.text - 1] = '\0';
  throw Error(instance.plugin().title() + ": " + function + ": " +
                  (message.text[0] ? message.text : "failed without a message"),
              Exit::tasks_failed);
}

}  // namespace seedbed
