#pragma once
#include <seedbed/plugin.h>

#include <cstring>
#include <seedbed/error.hpp>
#include <string>

namespace seedbed {

/// The functions of a component's capability `id` (plugin.h names the struct beside each id), or
/// null.
template <class Functions>
const Functions* find_capability(const seedbed_component& component, const char* id) {
  const seedbed_descriptor& descriptor = *component.descriptor;
  for (std::uint64_t i = 0; i < descriptor.capability_count; ++i)
    if (std::strcmp(descriptor.capabilities[i].id, id) == 0)
      return static_cast<const Functions*>(descriptor.capabilities[i].functions);
  return nullptr;
}

/// The same. Throws Error when it has none; the suite layer has seen to it where describe listed
/// the id.
template <class Functions>
const Functions& capability(const seedbed_component& component, const char* id) {
  if (const auto* functions = find_capability<Functions>(component, id)) return *functions;
  throw Error(std::string("'") + component.descriptor->name + "': expected the capability '" + id +
                  "', got a plugin without it",
              Exit::plugin);
}

}  // namespace seedbed
