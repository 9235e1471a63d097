#include "store/series.hpp"

#include <cassert>

namespace seedbed {

namespace {
constexpr std::size_t buffered_rows = 1024;
}

Series::Series(Writer& writer, std::string group, std::string scale, std::vector<Column> columns)
    : writer_(&writer), group_(std::move(group)), scale_(std::move(scale)),
      columns_(std::move(columns)) {
  writer.growing_scale(group_ + "/" + scale_, {"1", scale_});
  for (const Column& column : columns_)
    writer.growing(group_ + "/" + column.name, Writer::Kind::real, {scale_},
                   {column.units, column.long_name});
}

void Series::append(std::int64_t position, std::span<const double> row) {
  assert(row.size() == columns_.size());
  positions_.push_back(position);
  rows_.insert(rows_.end(), row.begin(), row.end());
  if (positions_.size() == buffered_rows) flush();
}

void Series::flush() {
  writer_->append(group_ + "/" + scale_, positions_);
  std::vector<double> values(positions_.size());
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    for (std::size_t row = 0; row < values.size(); ++row)
      values[row] = rows_[row * columns_.size() + column];
    writer_->append(group_ + "/" + columns_[column].name, values);
  }
  positions_.clear();
  rows_.clear();
}

}  // namespace seedbed
