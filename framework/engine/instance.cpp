#include "engine/instance.hpp"

#include <seedbed/error.hpp>

#include "engine/values.hpp"

namespace seedbed {

namespace {

/// The components of `setting`, in the order of its table; null where "none".
std::vector<std::unique_ptr<Instance>> create_components(const Setting& setting,
                                                         const seedbed_context& context) {
  std::vector<std::unique_ptr<Instance>> components(setting.values.size());
  for (std::size_t i = 0; i < setting.values.size(); ++i) {
    const auto* component = std::get_if<ComponentValue>(&setting.values[i]);
    if (!component || !*component) continue;
    try {
      components[i] = std::make_unique<Instance>(**component, context);
    } catch (Error& error) {
      throw Error(setting.plugin->title() + ": " + error.what(), error.exit())
          .about(static_cast<std::int64_t>(i));
    }
  }
  return components;
}

}  // namespace

Instance::Instance(const Setting& setting, const seedbed_context& context)
    : plugin_(setting.plugin), components_(create_components(setting, context)) {
  const seedbed_descriptor& descriptor = *plugin_->descriptor;
  const std::vector<seedbed_value> values = abi_values(setting, components_);
  void* self = nullptr;
  seedbed_message message{};
  message.parameter = SEEDBED_NO_PARAMETER;
  if (descriptor.create(values.data(), &context, &self, &message) != SEEDBED_OK) {
    message.text[sizeof message.text - 1] = '\0';
    throw Error(plugin_->title() + ": " + message.text, Exit::plugin).about(message.parameter);
  }
  self_ = std::shared_ptr<void>(self, descriptor.destroy);
  component_ = {descriptor.kind, &descriptor, descriptor.functions, self};
}

}  // namespace seedbed
