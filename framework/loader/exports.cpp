#include "loader/exports.hpp"

#include <algorithm>
#include <cstring>
#include <regex>
#include <seedbed/error.hpp>

#include "loader/default.hpp"
#include "loader/registry.hpp"

namespace seedbed {
namespace {

/// A struct that begins with its struct_size, which may be smaller or larger than ours.
template <class Struct>
Struct widened(const void* given) {
  std::uint64_t size = 0;
  std::memcpy(&size, given, sizeof size);
  Struct whole{};
  std::memcpy(&whole, given, std::min<std::uint64_t>(size, sizeof whole));
  whole.struct_size = sizeof whole;
  return whole;
}

/// The first function that must be there and is not, or null.
const char* missing(const seedbed_environment& f) {
  return !f.describe ? "describe" : !f.reset ? "reset" : !f.step ? "step" : nullptr;
}
const char* missing(const seedbed_policy& f) {
  return !f.describe   ? "describe"
         : !f.init     ? "init"
         : !f.act      ? "act"
         : !f.log_prob ? "log_prob"
         : !f.score    ? "score"
                       : nullptr;
}
const char* missing(const seedbed_estimator& f) {
  return !f.describe ? "describe" : !f.estimate ? "estimate" : nullptr;
}
const char* missing(const seedbed_baseline& f) {
  return !f.describe ? "describe" : !f.values ? "values" : nullptr;
}
const char* missing(const seedbed_optimizer& f) {
  return !f.state_size ? "state_size" : !f.step ? "step" : nullptr;
}

void fill_text(const char*& text) {
  if (!text) text = "";
}

/// One descriptor of the library at `path`, and what is wrong with it.
class DescriptorCheck {
 public:
  DescriptorCheck(const std::string& path, std::uint32_t index)
      : where_(path + ": descriptor " + std::to_string(index)) {}

  void demand(bool there, const std::string& what, const std::string& got = "none") const {
    if (!there) throw Error(where_ + ": expected " + what + ", got " + got, Exit::plugin);
  }

  void names(const seedbed_descriptor& plugin) {
    demand(plugin.name && *plugin.name, "a name");
    static const std::regex words("[a-z0-9]+(-[a-z0-9]+)*");
    demand(std::regex_match(plugin.name, words), "a name of lower-case words joined by '-'",
           std::string("'") + plugin.name + "'");
    where_ += " '" + std::string(plugin.name) + "'";
    demand(!kind_name(plugin.kind).empty(), "a kind that this ABI knows",
           std::to_string(plugin.kind));
    demand(plugin.functions, "functions");
    demand(plugin.create, "the function 'create'", "null");
    demand(plugin.destroy, "the function 'destroy'", "null");
  }

  void tables(const seedbed_descriptor& plugin) const {
    demand(plugin.parameters || !plugin.parameter_count, "a parameter table");
    for (std::uint64_t i = 0; i < plugin.parameter_count; ++i) {
      demand(plugin.parameters[i].key, "a key for parameter " + std::to_string(i));
      const std::string wrong = wrong_parameter(plugin.parameters[i]);
      demand(wrong.empty(), "a sound parameter '" + std::string(plugin.parameters[i].key) + "'",
             wrong);
    }
    demand(plugin.capabilities || !plugin.capability_count, "a table of capabilities");
    for (std::uint64_t i = 0; i < plugin.capability_count; ++i)
      demand(plugin.capabilities[i].id && plugin.capabilities[i].functions,
             "an id and functions of capability " + std::to_string(i));
  }

 private:
  std::string where_;
};

}  // namespace

Exports::Exports(const seedbed_library& exported, const std::string& path) {
  std::memcpy(&library_, &exported, std::min<std::uint64_t>(exported.struct_size, sizeof library_));
  library_.struct_size = sizeof library_;
  fill_text(library_.compiler);
  fill_text(library_.isa);
  for (std::uint32_t i = 0; i < library_.descriptor_count; ++i) {
    DescriptorCheck check(path, i);
    check.demand(library_.descriptors && library_.descriptors[i], "a descriptor", "null");
    auto& plugin = descriptors_.emplace_back(widened<seedbed_descriptor>(library_.descriptors[i]));
    check.names(plugin);
    check.tables(plugin);
    for (const char** text : {&plugin.version, &plugin.license, &plugin.summary, &plugin.source})
      fill_text(*text);
    switch (plugin.kind) {
      case SEEDBED_ENVIRONMENT:
        functions_.emplace_back(widened<seedbed_environment>(plugin.functions));
        break;
      case SEEDBED_POLICY:
        functions_.emplace_back(widened<seedbed_policy>(plugin.functions));
        break;
      case SEEDBED_ESTIMATOR:
        functions_.emplace_back(widened<seedbed_estimator>(plugin.functions));
        break;
      case SEEDBED_BASELINE:
        functions_.emplace_back(widened<seedbed_baseline>(plugin.functions));
        break;
      default:
        functions_.emplace_back(widened<seedbed_optimizer>(plugin.functions));
    }
    std::visit(
        [&](const auto& functions) {
          const char* name = missing(functions);
          check.demand(!name, "the function '" + std::string(name ? name : "") + "'", "null");
          plugin.functions = &functions;
        },
        functions_.back());
    pointers_.push_back(&plugin);
  }
  if (pointers_.empty())
    throw Error(path + ": expected a library with plugins, got none", Exit::plugin);
  library_.descriptors = pointers_.data();
}

}  // namespace seedbed
