#pragma once
#include <seedbed/plugin.h>

#include <memory>
#include <vector>

#include "engine/call_record.hpp"
#include "loader/registry.hpp"
#include "loader/setting.hpp"

namespace seedbed {

/// A created plugin: its functions and its self, and the components that it was given (they live
/// as long as it does). Immutable; may be used from several threads.
class Instance {
 public:
  /// Throws Error (exit 3) with `<kind> '<name>': <message>`; Error::parameter() is the index of
  /// the parameter of `setting` that it is about, or -1.
  Instance(const Setting& setting, const seedbed_context& context);
  Instance(const Instance&) = delete;
  Instance(Instance&&) = default;

  const seedbed_component& component() const { return component_; }
  const Plugin& plugin() const { return *plugin_; }
  const Title& title() const { return title_; }  ///< of the plugin, for the record of calls
  const void* self() const { return component_.self; }

  /// Its functions; Functions is seedbed_environment, seedbed_policy, ... of its kind.
  template <class Functions>
  const Functions& functions() const {
    return *static_cast<const Functions*>(component_.functions);
  }

 private:
  std::shared_ptr<void> create(const Setting& setting, const seedbed_context& context) const;

  const Plugin* plugin_;
  Title title_;
  std::vector<std::unique_ptr<Instance>> components_;
  std::shared_ptr<void> self_;
  seedbed_component component_{};
};

}  // namespace seedbed
