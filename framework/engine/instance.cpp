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
    : plugin_(setting.plugin),
      title_(title_of(plugin_->title())),
      components_(create_components(setting, context)),
      self_(create(setting, context)),
      component_{plugin_->descriptor->kind, plugin_->descriptor, plugin_->descriptor->functions,
                 self_.get()} {}

std::shared_ptr<void> Instance::create(const Setting& setting,
                                       const seedbed_context& context) const {
  const seedbed_descriptor& descriptor = *plugin_->descriptor;
  const std::vector<seedbed_value> values = abi_values(setting, components_);
  void* self = nullptr;
  seedbed_message message{};
  message.parameter = SEEDBED_NO_PARAMETER;
  try {
    const CallInProgress now(title_, "create");
    if (descriptor.create(values.data(), &context, &self, &message) == SEEDBED_OK)
      return {self, [title = title_, destroy = descriptor.destroy](void* created) {
                const CallInProgress call(title, "destroy");
                destroy(created);
              }};
  } catch (const std::exception& error) {
    throw Error(plugin_->title() + ": create: let an exception out: " + error.what(), Exit::plugin);
  } catch (...) {
    throw Error(plugin_->title() + ": create: let an exception out that is no std::exception",
                Exit::plugin);
  }
  message.text[sizeof message.text - 1] = '\0';
  throw Error(plugin_->title() + ": " +
                  (message.text[0] ? message.text : "create: failed without a message"),
              Exit::plugin)
      .about(message.parameter);
}

}  // namespace seedbed
