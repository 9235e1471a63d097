#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/writer.hpp"

namespace seedbed {

/// One quantity per iteration.
struct Column {
  std::string name, units, long_name;
};

/// The columns of a group over one growing scale. Lives as long as its RunFile.
class Series {
 public:
  Series(Writer& writer, const std::string& group, const std::string& scale,
         const std::vector<Column>& columns);

  /// One number per column, in their order.
  void append(std::int64_t position, std::span<const double> row);
  void flush();  ///< Hands the buffered rows to the writer; RunFile::finish does it.

 private:
  Writer* writer_;
  Writer::Growth scale_;
  std::vector<Writer::Growth> columns_;
  std::vector<std::int64_t> positions_;
  std::vector<double> rows_;
};

}  // namespace seedbed
