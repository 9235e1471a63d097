#include "store/series.hpp"

#include <cassert>

namespace seedbed {

namespace {
constexpr std::size_t buffered_rows = 1024;
}

Series::Series(Writer& writer, const std::string& group, const std::string& scale,
               const std::vector<Column>& columns)
    : writer_(&writer), scale_(writer.growing_scale(group + "/" + scale, {"1", scale})) {
  for (const Column& column : columns)
    columns_.push_back(writer.growing(group + "/" + column.name, Writer::Kind::real, {scale},
                                      {column.units, column.long_name}));
}

void Series::append(std::int64_t position, std::span<const double> row) {
  assert(row.size() == columns_.size());
  positions_.push_back(position);
  rows_.insert(rows_.end(), row.begin(), row.end());
  if (positions_.size() == buffered_rows) flush();
}

void Series::flush() {
  const std::size_t width = columns_.size();
  append_rows<std::int64_t>(*writer_, scale_, positions_.size(),
                            [&](std::size_t row) { return positions_[row]; });
  for (std::size_t column = 0; column < width; ++column)
    append_rows<double>(*writer_, columns_[column], positions_.size(),
                        [&](std::size_t row) { return rows_[row * width + column]; });
  positions_.clear();
  rows_.clear();
}

}  // namespace seedbed
