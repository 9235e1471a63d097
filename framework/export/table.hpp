#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "store/reader.hpp"
#include "store/writer.hpp"

namespace seedbed {

/// A dimension of the rows of a table.
struct TableDimension {
  std::string name;
  std::string scale;  ///< Path of its coordinates; "" where it has none: rows are counted.
  std::uint64_t size = 0;
};

/// A column: a dataset over the dimensions of the rows, or one component of it.
struct TableColumn {
  std::string name;
  std::string dataset;  ///< Path.
  Meaning meaning;
  std::uint64_t components = 0;  ///< Length of the last dimension, when it lies across columns.
  std::uint64_t component = 0;   ///< Which of them this column is.
};

/// One tidy table: a row per entry of the dimensions, the last one running fastest.
struct Table {
  std::string name;  ///< "gradient_by_iteration_estimator": of the file, without ".csv".
  std::vector<TableDimension> dimensions;
  std::vector<TableColumn> columns;
  std::string row_size;  ///< Of ragged rows: path of the lengths of the episodes; else "".
};

/// The tables of a run file or of results.h5, so that each dataset is in exactly one.
///
/// The datasets of a group that have the same dimensions are one table. The one that viewers are
/// shown (@signal), or the only one, is named like the group; the others `<group>_by_<dimensions>`,
/// and `<group>_scalars`. Of ragged episodes (@sample_dimension) the table of the steps is named
/// like the group; observations and actions have a column per component.
std::vector<Table> tables_of(const Reader& file);

}  // namespace seedbed
