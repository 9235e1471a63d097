#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace seedbed {

/// The gradient that others are compared with.
struct Reference {
  std::string kind;                    ///< "exact", "monte-carlo" or "none"
  std::vector<double> gradient;        ///< [d]; NaN when there is none
  std::vector<double> standard_error;  ///< [d]; 0 when exact
  std::vector<double> deviations;      ///< [d][groups]: A with A'A = Cov(gradient); empty: 0
  std::uint64_t batches = 0;           ///< That it was made of.

  /// All that it holds, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    visit("kind", kind);
    visit("gradient", gradient);
    visit("standard_error", standard_error);
    visit("deviations", deviations);
    visit("batches", batches);
  }

  static Reference exact(const std::vector<double>& gradient);
  static Reference none(std::size_t d);

  double noise() const;  ///< tr Cov(gradient)
  /// |gradient|^2 - tr Cov(gradient): the squared norm without what noise adds to it.
  double squared_norm() const;
  /// sqrt(tr Cov(gradient) / squared norm); infinite where noise explains the whole norm.
  double relative_error() const;
  /// v' Cov(gradient) v
  double variance_along(const std::vector<double>& v) const;
};

}  // namespace seedbed
