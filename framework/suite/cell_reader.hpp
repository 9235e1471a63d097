#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/configuration.hpp"
#include "suite/rehearsal.hpp"
#include "suite/setting_reader.hpp"
#include "suite/sweep.hpp"
#include "suite/table_reader.hpp"
#include "suite/theta_reader.hpp"

namespace seedbed {

/// One cell as it is read.
struct CellReading {
  Configuration configuration;
  std::uint64_t parameters = 0;  ///< Of its policy.
  ThetaNode theta;
};

/// Reads one cell: typed settings first, then a rehearsal in which its plugins are created.
class CellReader {
 public:
  CellReader(SettingReader& settings, Rehearsal& rehearsal, Diagnostics& diagnostics)
      : settings_(settings), rehearsal_(rehearsal), diagnostics_(diagnostics) {}

  /// Nothing: what is wrong was added to the diagnostics.
  std::optional<CellReading> read(const Tree& tree, const StageNode& stage);

 private:
  Cast read_cast(const Tree& tree, const StageNode& stage);
  void read_objective(const Node& root, Cast& cast);
  void read_estimators(const Tree& tree, const StageNode& stage, Cast& cast);
  Record read_record(const Node& root);
  bool read_compression(TableReader& record);
  std::uint64_t read_every(TableReader& record, const std::string& key, std::uint64_t fallback,
                           bool* contributions);

  SettingReader& settings_;
  Rehearsal& rehearsal_;
  Diagnostics& diagnostics_;
};

}  // namespace seedbed
