#include "engine/values.hpp"

#include "engine/instance.hpp"

namespace seedbed {

namespace {

struct ToAbi {
  const Instance* component;

  seedbed_value operator()(bool value) const { return number(value, value); }
  seedbed_value operator()(std::int64_t value) const {
    return number(value, static_cast<double>(value));
  }
  seedbed_value operator()(double value) const { return number(0, value); }
  seedbed_value operator()(const std::string& value) const { return text(value); }
  seedbed_value operator()(const ChoiceValue& value) const {
    seedbed_value v = text(value.text);
    v.integer = value.index;
    return v;
  }
  seedbed_value operator()(const Matrix& value) const {
    seedbed_value v{};
    v.data = value.data.data();
    v.rows = value.rows;
    v.columns = value.columns;
    return v;
  }
  seedbed_value operator()(const FileValue& value) const { return text(value.contents); }
  seedbed_value operator()(const ComponentValue&) const {
    seedbed_value v{};
    v.component = component ? &component->component() : nullptr;
    return v;
  }

  static seedbed_value number(std::int64_t integer, double real) {
    seedbed_value v{};
    v.integer = integer;
    v.real = real;
    return v;
  }
  static seedbed_value text(const std::string& value) {
    seedbed_value v{};
    v.text = value.c_str();
    v.text_size = value.size();
    return v;
  }
};

}  // namespace

std::vector<seedbed_value> abi_values(const Setting& setting,
                                      const std::vector<std::unique_ptr<Instance>>& components) {
  std::vector<seedbed_value> values;
  for (std::size_t i = 0; i < setting.values.size(); ++i)
    values.push_back(std::visit(ToAbi{components[i].get()}, setting.values[i]));
  return values;
}

}  // namespace seedbed
