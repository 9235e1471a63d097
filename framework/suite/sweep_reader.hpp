#pragma once
#include <optional>
#include <string>
#include <vector>

#include "suite/sweep.hpp"

namespace seedbed {

/// Reads the axes of [sweep]: its arrays, [sweep.zip] and [[sweep.list]]. What is wrong goes to the
/// diagnostics.
class SweepReader {
 public:
  SweepReader(SweepNode& sweep, Diagnostics& diagnostics)
      : sweep_(sweep), diagnostics_(diagnostics) {}

  void read(const Node& sweep);

 private:
  /// A key with dots and what stands there: tables are paths (optimizer.step without quotes).
  struct Entry {
    std::string name;
    const Member* member;
  };
  static void flatten(const Member& member, const std::string& prefix, bool plugins_are_values,
                      std::vector<Entry>& entries);
  static std::vector<Entry> entries_of(const Node& table, bool plugins_are_values);

  void read_grid(const Entry& entry);
  void read_zips(const Node& node);
  void read_zipped(const Entry& entry, DimensionNode& zip);
  void read_list(const Node& node);
  void read_listed(const Entry& entry, DimensionNode& list);

  std::optional<std::size_t> add_axis(const Entry& entry);
  bool is_array(const Entry& entry);
  std::string name_of(const std::string& kind) const;
  void add(DimensionNode dimension, const std::vector<Place>& places);
  void refuse(const Place& place, const std::string& axis, const std::string& what);

  SweepNode& sweep_;
  Diagnostics& diagnostics_;
};

}  // namespace seedbed
