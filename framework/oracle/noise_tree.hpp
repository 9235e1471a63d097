#pragma once
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "engine/recording.hpp"
#include "oracle/noise_probe.hpp"
#include "oracle/noise_walker.hpp"

namespace seedbed {

/// A rollout under a noise name, its own or one that it shares: theta that acts, and whether it
/// sees the mirror image.
struct Player {
  std::vector<double> theta;
  std::uint32_t transform = SEEDBED_PLAIN;

  auto operator<=>(const Player&) const = default;
};

/// Every way in which the noise of one name can fall: what each player makes of it, and how likely
/// it is. Episode c * players + p is that of player p in case c.
struct NoiseCases {
  Recording episodes;
  std::vector<double> probability;
};

/// Rolls out over all noise instead of some. A uniform number takes one value in each piece between
/// the jumps of the players' functions of it, so that nothing is lost; a normal number takes the
/// `nodes` of a quadrature rule. Cases that nobody can tell apart are one.
class NoiseTree {
 public:
  /// `needs`: bits of seedbed_needs, what the episodes carry beside the samples.
  NoiseTree(const DecisionProblem& problem, std::uint32_t needs, std::size_t nodes, Arena& arena);

  /// None when there are more than `most` cases. Throws Error when a function asks for more than
  /// one uniform number, or for both sorts.
  std::optional<NoiseCases> grow(const std::vector<Player>& players, std::size_t most);

  BatchShape shape() const;  ///< Of the episodes.
  bool has_normals() const;  ///< Whether a quadrature rule is in it.

 private:
  struct Branch;  // every player's episode so far, and how likely all that is
  struct Roll {   // a call of a plugin that noise goes into
    std::size_t uniforms, normals;
    bool is_kept;  // the noise itself is recorded
    std::function<NoiseProbe::Outputs(const Player&, const Walker&, const NoiseNodes&)> outputs;
    std::function<std::vector<double>(const Player&, const Walker&)> key;  // what outputs depend on
    std::function<std::vector<double>(const Player&, const Walker&)> likely;  // jumps_of
    std::function<void(Walker&, const NoiseNode&, const std::vector<double>& output)> apply;
  };
  Roll reset();
  Roll act();
  Roll step();

  std::vector<Branch> grown(const Branch& branch, const std::vector<Player>& players,
                            const Roll& roll);
  NoiseNodes nodes(const Branch& branch, const std::vector<Player>& players, const Roll& roll);
  const std::vector<double>& jumps(const Player& player, const Walker& walker, const Roll& roll);
  NoiseCases cases(const std::vector<Branch>& branches, std::size_t players) const;

  const DecisionProblem& problem_;
  std::uint32_t needs_;
  std::size_t nodes_;
  NoiseProbe probe_;
  std::map<std::size_t, NoiseNodes> grids_;
  std::map<std::vector<double>, std::vector<double>> jumps_;
};

}  // namespace seedbed
