#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "suite/diagnostic.hpp"
#include "suite/stage_reader.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// What `theta` of a stage says.
struct ThetaNode {
  std::vector<double> given;  ///< [0.1, 0.2]
  /// { stage = "train", checkpoint = 10 }: the node of the checkpoint, or null for the last one.
  bool is_of_stage = false;
  const Node* checkpoint = nullptr;
  Place place;
};

/// Reads "initial", an array of reals, or { stage, checkpoint } with one checkpoint: "first",
/// "last" or a number of updates. Lists of them are axes and are gone by now.
ThetaNode read_theta(const Node& theta, const std::string& stage, Diagnostics& diagnostics);

/// The nodes of a list of checkpoints: the values of the axis `checkpoint`. Empty: there is none.
std::vector<Node> checkpoints_of(const StageNode& stage);

/// Finds, for cells of a stage, those of a learn stage that their theta comes from.
class ThetaCells {
 public:
  explicit ThetaCells(const Stage& source);

  /// Sets `cell.theta_cell` and configuration.theta_from: the cell of the source with the same
  /// coordinates, and the number of updates. Adds to the diagnostics: there is no such cell, the
  /// checkpoint is not kept there, its policy has another number of parameters.
  void connect(const ThetaNode& theta, Cell& cell, Diagnostics& diagnostics) const;

 private:
  std::vector<std::string> key_of(const Cell& cell) const;

  const Stage& source_;
  std::map<std::vector<std::string>, std::size_t> places_;  ///< By coordinates.
};

}  // namespace seedbed
