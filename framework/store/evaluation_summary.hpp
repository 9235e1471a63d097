#pragma once
#include <map>
#include <string>
#include <vector>

#include "store/declaration.hpp"
#include "store/reader.hpp"

namespace seedbed {

/// What the table of an evaluate stage says about each cell, of every number in /evaluation: the
/// mean over replicates with the half width of its 95 % interval (Student's t); of *_min and *_max
/// the smallest and the largest. Replicates whose theta diverged are counted and are in none.
class EvaluationSummary {
 public:
  explicit EvaluationSummary(std::size_t cells) : replicates_(cells), diverged_(cells) {}

  static Declarations datasets();
  void add(std::size_t cell, const Reader& run);
  void write(Writer& writer, const std::string& group, const Dimensions& axes) const;

 private:
  void write_means(Writer& writer, const std::string& group, const Dimensions& axes) const;

  std::vector<double> replicates_, diverged_;  ///< [cell]
  std::vector<std::string> order_;
  std::map<std::string, std::vector<std::vector<double>>> values_;  ///< [cell][replicate]
  std::map<std::string, Meaning> meanings_;
};

}  // namespace seedbed
