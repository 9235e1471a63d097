#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/declaration.hpp"
#include "store/reader.hpp"

namespace seedbed {

/// What the table of a learn stage says about each cell. J_r(i) is the mean return of replicate r
/// at iteration i; its final return is the mean over the last tenth of the iterations.
class LearnSummary {
 public:
  LearnSummary(std::size_t cells, std::optional<double> optimum)
      : cells_(cells), optimum_(optimum) {}

  /// Takes /learning/return_mean; a run without it, or of no iterations, adds nothing.
  void add(std::size_t cell, const Reader& run);
  static Declarations datasets();
  /// One array per quantity over the axes, in `group`.
  void write(Writer& writer, const std::string& group, const Dimensions& axes) const;

 private:
  struct Cell {
    std::vector<std::vector<double>> curves;  ///< [replicate][iteration]
    std::vector<double> J;                    ///< [replicate], exact, at the end
  };
  std::vector<Cell> cells_;
  std::optional<double> optimum_;
};

/// What the table of a gradient stage says about each cell and estimator: the mean over replicates
/// of each of these quantities, with the half width of its 95 % interval; p-values (*_p) combined.
/// Replicates whose theta diverged are in none; `diverged`, where there are any: their share.
class GradientSummary {
 public:
  explicit GradientSummary(std::size_t cells) : cells_(cells), runs_(cells), diverged_(cells) {}

  static Declarations datasets();
  void add(std::size_t cell, const Reader& reader);
  void write(Writer& writer, const std::string& group, const Dimensions& axes) const;

 private:
  std::size_t cells_;
  std::vector<double> runs_, diverged_;  ///< [cell] how many
  std::vector<std::string> estimators_;
  std::map<std::string, std::string> units_;  ///< Of each quantity.
  /// (quantity, estimator) to [cell][replicate]
  std::map<std::pair<std::string, std::string>, std::vector<std::vector<double>>> values_;
};

}  // namespace seedbed
