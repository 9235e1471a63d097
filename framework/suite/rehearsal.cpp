#include "suite/rehearsal.hpp"

#include <fmt/format.h>

#include "engine/call.hpp"
#include "engine/sampler.hpp"
#include "suite/canonical.hpp"
#include "suite/requirement.hpp"

namespace seedbed {

std::shared_ptr<const Instance> Rehearsal::create(const PlacedSetting& placed,
                                                  const seedbed_context& context,
                                                  const std::string& situation) {
  const std::string key =
      fmt::format("{} {} {}", placed.setting.plugin->kind(), placed.resolved, situation);
  if (const auto known = created_.find(key); known != created_.end()) return known->second;
  std::shared_ptr<const Instance>& instance = created_[key];
  try {
    instance = std::make_shared<const Instance>(placed.setting, context);
  } catch (const Error& error) {
    const std::int64_t at = error.parameter();
    const bool known = at >= 0 && static_cast<std::size_t>(at) < placed.places.size();
    diagnostics_.add(known ? placed.places[static_cast<std::size_t>(at)] : placed.place,
                     error.what());
  }
  return instance;
}

const Instance* Rehearsal::environment(Cast& cast, seedbed_context& context,
                                       std::string& situation) {
  if (!cast.environment || !cast.environment->sound) return nullptr;
  situation = fmt::format("{} {}", cast.objective.horizon, canonical(cast.objective.discount));
  const auto instance = create(*cast.environment, context, situation);
  if (!instance) return nullptr;
  const auto info = described<seedbed_environment>(*instance);
  context.observation = info.observation;
  context.action = info.action;
  if (cast.objective.horizon == 0) cast.objective.horizon = info.horizon;
  if (cast.objective.horizon == 0) {
    diagnostics_.add(cast.objective_place,
                     fmt::format("missing key 'horizon' of [objective]: {} has no customary one",
                                 instance->plugin().title()));
    return nullptr;
  }
  context.horizon = cast.objective.horizon;
  situation += fmt::format(" {} {}", context.horizon, cast.environment->resolved);
  return instance.get();
}

const Instance* Rehearsal::policy(Cast& cast, seedbed_context& context, std::string& situation) {
  if (!cast.policy || !cast.policy->sound) return nullptr;
  const auto instance = create(*cast.policy, context, situation);
  if (!instance) return nullptr;
  const auto info = described<seedbed_policy>(*instance);
  context.parameters = cast.parameters = info.parameters;
  situation += fmt::format(" {} {}", cast.policy->resolved, cast.episodes);
  if (!cast.theta.empty() && cast.theta.size() != info.parameters) {
    diagnostics_.add(cast.theta_place,
                     fmt::format("'theta': expected {} numbers, as many as {} has parameters here, "
                                 "got {}",
                                 info.parameters, instance->plugin().title(), cast.theta.size()));
    cast.sound = false;
  }
  return instance.get();
}

bool Rehearsal::fits(const PlacedSetting& placed, const Instance& estimator, const Cast& cast) {
  const auto info = described<seedbed_estimator>(estimator);
  std::vector<std::string> missing =
      unmet(estimator.plugin(), info.environment_capabilities, *cast.environment->setting.plugin);
  for (const std::string& text :
       unmet(estimator.plugin(), info.policy_capabilities, *cast.policy->setting.plugin))
    missing.push_back(text);
  if (const std::string why = refuses_pairs(estimator); cast.antithetic && !why.empty())
    missing.push_back(why);
  for (const std::string& text : missing) diagnostics_.add_unmet(placed.place, text);
  return missing.empty();
}

void Rehearsal::run(Cast& cast) {
  seedbed_context context{};
  context.horizon = cast.objective.horizon;
  context.discount = cast.objective.discount;
  std::string situation;
  const bool stands = environment(cast, context, situation) && policy(cast, context, situation);
  cast.sound = cast.sound && stands;
  if (!stands) return;
  context.episodes = cast.episodes;
  for (const Cast::Role& estimator : cast.estimators) {
    const auto instance = estimator->sound ? create(*estimator, context, situation)
                                           : std::shared_ptr<const Instance>();
    cast.sound = cast.sound && instance && fits(*estimator, *instance, cast);
  }
  if (!cast.learns) return;
  cast.sound = cast.sound && cast.optimizer && cast.optimizer->sound &&
               create(*cast.optimizer, context, situation);
}

}  // namespace seedbed
