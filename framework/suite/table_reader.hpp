#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "suite/diagnostic.hpp"

namespace seedbed {

/// The smallest and largest value of a whole number in a suite.
struct Bounds {
  std::uint64_t low = 1, high = 0xFFFFFFFF;
};

/// Reads the keys of one table of a suite and knows which there may be. A value of a wrong type
/// goes to the diagnostics and reads as its fallback.
class TableReader {
 public:
  /// `what` is how messages name the table: "the suite", "[objective]", "stage 'learn'".
  TableReader(const Node& table, std::string what, Diagnostics& diagnostics);

  const Node* get(const std::string& key);      ///< Null when absent.
  const Node* require(const std::string& key);  ///< Absent: null, and an error.
  std::string string(const std::string& key, const std::string& fallback);
  std::uint64_t count(const std::string& key, std::uint64_t fallback, Bounds bounds = {});
  std::uint64_t require_count(const std::string& key, Bounds bounds = {});
  double real(const std::string& key, double fallback, double above, double up_to);
  bool boolean(const std::string& key, bool fallback);

  /// Refuses every key that was not asked for, with the nearest of those that were.
  void finish();

  /// An error: "<key> of <table>: expected <expected>, got <node>".
  void refuse(const std::string& key, const Node& node, const std::string& expected);

 private:
  const Node& table_;
  std::string what_;
  Diagnostics& diagnostics_;
  std::vector<std::string> known_;
};

}  // namespace seedbed
