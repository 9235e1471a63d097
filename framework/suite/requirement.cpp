#include "suite/requirement.hpp"

#include <fmt/format.h>

namespace seedbed {
namespace {

/// Capability ids in words.
struct Phrase {
  std::string_view id;
  const char* needs;   ///< "needs a policy that <needs>"
  const char* denial;  ///< "policy 'x' <denial>"
};

constexpr Phrase phrases[] = {
    {SEEDBED_ENVIRONMENT_TABULAR, "is a finite process with a known model", "is not"},
    {SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC, "is linear-quadratic-Gaussian", "is not"},
    {SEEDBED_ENVIRONMENT_REWARD_BOUND, "bounds its rewards", "does not"},
    {SEEDBED_ENVIRONMENT_PATHWISE, "pulls derivatives back through its steps", "does not"},
    {SEEDBED_POLICY_ENUMERATE, "can enumerate its actions", "cannot"},
    {SEEDBED_POLICY_LINEAR_GAUSSIAN, "is linear-Gaussian", "is not"},
    {SEEDBED_POLICY_PATHWISE, "pulls derivatives back through its actions", "does not"},
};

}  // namespace

std::vector<std::string> unmet(const Plugin& plugin, const char* const* ids, const Plugin& other) {
  std::vector<std::string> missing;
  for (; ids && *ids; ++ids) {
    if (other.capability(*ids)) continue;
    std::string needs = fmt::format("has the capability '{}'", *ids);
    std::string denial = "has not";
    for (const Phrase& phrase : phrases)
      if (phrase.id == *ids) needs = phrase.needs, denial = phrase.denial;
    const auto kind = kind_name(other.kind());
    missing.push_back(fmt::format("{} needs {} {} that {}; {} {}", plugin.title(),
                                  kind == "environment" ? "an" : "a", kind, needs, other.title(),
                                  denial));
  }
  return missing;
}

}  // namespace seedbed
