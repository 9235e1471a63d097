#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/configuration.hpp"
#include "engine/instance.hpp"
#include "suite/setting_reader.hpp"

namespace seedbed {

/// The plugins of one cell and what they are created with. Settings that could not be read are
/// null.
struct Cast {
  using Role = std::shared_ptr<const PlacedSetting>;

  Role environment, policy, optimizer;
  std::vector<Role> estimators;
  Objective objective;  ///< Horizon 0: the environment's customary one is wanted.
  std::uint64_t episodes = 1;
  std::uint64_t parameters = 0;  ///< Of the policy, after the rehearsal.
  std::vector<double> theta;
  Place objective_place, stage_place, theta_place;
  bool learns = true;
  bool antithetic = false;
  bool sound = true;  ///< After the rehearsal: everything could be created and fits together.
};

/// Creates the plugins of every cell before anything is run, each distinct one once, so that what
/// only create() can know — shapes that do not fit, spaces, capabilities — is found at once.
class Rehearsal {
 public:
  explicit Rehearsal(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// Fills in the customary horizon. What is wrong goes to the diagnostics, at the parameter that
  /// it is about, and cast.sound becomes false.
  void run(Cast& cast);

 private:
  /// Null when it could not be created. `situation` names what the context was made of.
  std::shared_ptr<const Instance> create(const PlacedSetting& placed,
                                         const seedbed_context& context,
                                         const std::string& situation);
  const Instance* environment(Cast& cast, seedbed_context& context, std::string& situation);
  const Instance* policy(Cast& cast, seedbed_context& context, std::string& situation);
  bool fits(const PlacedSetting& placed, const Instance& estimator, const Cast& cast);

  Diagnostics& diagnostics_;
  std::map<std::string, std::shared_ptr<const Instance>> created_;
};

}  // namespace seedbed
