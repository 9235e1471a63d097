#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/comparison/metric.hpp"
#include "analysis/report/results.hpp"
#include "analysis/statistics/reach.hpp"

namespace seedbed::comparison {

/// The replicates of a cell, or of an estimator in a cell of a gradient stage, one number each.
struct Group {
  std::vector<std::pair<std::string, std::string>> coordinates;  ///< (axis, label)
  std::vector<double> values;  ///< [replicate]; NaN where the run ended non-finite.
  std::vector<bool> present;   ///< [replicate] whether the run is there.
  std::vector<double> curve;   ///< Median over replicates at each iteration; else empty.
  std::vector<statistics::Reach> reach = {};  ///< [replicate] of reach(); else empty.

  /// "estimator=reinforce,optimizer.step=1e-4", as `status` names cells; "" for a stage's only one.
  std::string label() const;
  std::size_t missing() const;
  std::size_t broken() const;  ///< There, but not finite.
};

/// A stage by one metric.
struct StageSample {
  std::string stage, kind;
  std::size_t place = 0;  ///< Of the stage in its suite.
  Metric metric;
  std::vector<Group> groups;
};

/// A results folder, or a results.h5.
class ResultsFile {
 public:
  /// Throws Error: nothing of this name; not a whole results file (exit 5).
  explicit ResultsFile(const std::filesystem::path& folder_or_file);

  const std::string& title() const { return results_.title(); }
  const std::string& suite_hash() const { return results_.suite_hash(); }
  const std::vector<analysis::Stage>& stages() const { return results_.stages(); }

  /// `metric` "": the usual one. None when the stage has no such metric. A column over iterations
  /// is the mean over its last tenth; "area" that of return_mean over all of them. Lists replicates
  /// cell by cell, estimator by estimator.
  std::optional<StageSample> sample(const analysis::Stage& stage, const std::string& metric) const;
  /// Of a learn stage: environment steps until return_mean is first at least `level`, replicate by
  /// replicate. Not reached: censored at its end, or where it diverged at infinity: it would never
  /// have come back. values are still to be made of it (restrict_steps).
  std::optional<StageSample> reach(const analysis::Stage& stage, double level) const;
  /// Names that sample() knows for this stage.
  std::vector<std::string> metrics(const analysis::Stage& stage) const;

  /// Whether replicate r of one cell has the noise of replicate r of another one.
  bool has_common_noise() const { return results_.has_common_noise(); }
  /// Whether replicate r here has the noise of replicate r there, at the same place in the suite.
  bool shares_noise_with(const ResultsFile& other) const;

 private:
  std::vector<double> column(const std::string& path, const analysis::Stage& stage,
                             std::size_t cell, std::size_t per_replicate) const;
  Group empty_group(const analysis::Stage& stage, std::size_t cell) const;
  void add_curve(const std::string& path, const analysis::Stage& stage, std::size_t cell,
                 StageSample& sample) const;
  void add_numbers(const std::string& path, const analysis::Stage& stage, std::size_t cell,
                   StageSample& sample) const;

  std::filesystem::path path_;
  analysis::Results results_;
  Reader reader_;
};

}  // namespace seedbed::comparison
