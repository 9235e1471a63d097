#include "export/table_rows.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <variant>

namespace seedbed {

namespace {

using Values =
    std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>>;
using Place = std::vector<std::uint64_t>;

constexpr std::uint64_t rows_at_a_time = 8192;

std::uint64_t product(const Place& sizes, std::size_t first = 0) {
  std::uint64_t rows = 1;
  for (std::size_t i = first; i < sizes.size(); ++i) rows *= sizes[i];
  return rows;
}

/// The cells of one column in a block: row r is values[(r / repeat % size) * stride + start].
struct Cells {
  std::shared_ptr<const Values> values;
  std::uint64_t repeat = 1, size = 1, stride = 1, start = 0;

  void write(std::uint64_t row, CsvFile& csv) const {
    const std::uint64_t at = row / repeat % size * stride + start;
    std::visit([&](const auto& all) { csv.cell(all[at]); }, *values);
  }
};

Values read(const Reader& file, const std::string& path, Place offset, Place count) {
  switch (file.type(path)) {
    case Reader::Type::integer:
      return file.integers(path, offset, count);
    case Reader::Type::text: {
      const auto all = file.texts(path);  // labels and columns of /tasks: few
      const Place shape = file.shape(path);
      std::uint64_t first = 0;
      for (std::size_t i = 0; i < shape.size(); ++i) first = first * shape[i] + offset[i];
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
      return std::vector<std::string>(begin, begin + static_cast<std::ptrdiff_t>(product(count)));
    }
    default:
      return file.reals(path, offset, count);
  }
}

/// Which episode a step of a ragged table belongs to, and its number in it; steps only go up.
class EpisodeCursor {
 public:
  EpisodeCursor(const Reader& file, const std::string& row_size)
      : lengths_(row_size.empty() ? std::vector<std::int64_t>() : file.integers(row_size)) {}

  /// episode and t of `count` steps from here on.
  std::pair<Values, Values> next(std::uint64_t count) {
    std::vector<std::int64_t> episode(count, -1), t(count, -1);  // -1: of no episode, damaged
    for (std::uint64_t i = 0; i < count; ++i) {
      while (at_ < lengths_.size() && t_ >= lengths_[at_]) ++at_, t_ = 0;
      if (at_ < lengths_.size()) episode[i] = static_cast<std::int64_t>(at_), t[i] = t_++;
    }
    return {std::move(episode), std::move(t)};
  }

 private:
  std::vector<std::int64_t> lengths_;
  std::size_t at_ = 0;
  std::int64_t t_ = 0;
};

/// A block of rows: offset and count along each dimension; all of every dimension after the first
/// that is cut.
class Blocks {
 public:
  explicit Blocks(const Table& table) {
    for (const TableDimension& each : table.dimensions) size_.push_back(each.size);
    count_ = size_;
    for (std::size_t i = 0; i < size_.size(); ++i) {
      const std::uint64_t below = std::max<std::uint64_t>(1, product(size_, i + 1));
      count_[i] = std::min(size_[i], std::max<std::uint64_t>(1, rows_at_a_time / below));
    }
    offset.assign(size_.size(), 0);
    is_over = product(size_) == 0;
    cut();
  }
  void advance() {
    for (std::size_t i = size_.size(); i-- > 0; offset[i] = 0)
      if ((offset[i] += count_[i]) < size_[i]) return cut();
    is_over = true;
  }

  Place offset, count;
  bool is_over;

 private:
  void cut() {
    count = count_;
    for (std::size_t i = 0; i < size_.size(); ++i)
      count[i] = std::min(count_[i], size_[i] - offset[i]);
  }
  Place size_, count_;
};

void add_dimensions(const Reader& file, const Table& table, const Blocks& block,
                    std::vector<Cells>& cells) {
  for (std::size_t i = 0; i < table.dimensions.size(); ++i) {
    const std::string& scale = table.dimensions[i].scale;
    Values values;
    if (scale.empty()) {
      std::vector<std::int64_t> numbers(block.count[i]);
      for (std::size_t k = 0; k < numbers.size(); ++k)
        numbers[k] = static_cast<std::int64_t>(block.offset[i] + k);
      values = numbers;
    } else {
      values = read(file, scale, {block.offset[i]}, {block.count[i]});
    }
    cells.push_back({std::make_shared<Values>(std::move(values)), product(block.count, i + 1),
                     block.count[i], 1, 0});
  }
}

void add_columns(const Reader& file, const Table& table, const Blocks& block,
                 std::vector<Cells>& cells) {
  std::map<std::string, std::shared_ptr<const Values>> once;
  for (const TableColumn& column : table.columns) {
    auto& values = once[column.dataset];
    if (!values) {
      Place offset = block.offset, count = block.count;
      if (column.components) offset.push_back(0), count.push_back(column.components);
      values = std::make_shared<Values>(read(file, column.dataset, offset, count));
    }
    cells.push_back({values, 1, product(block.count), std::max<std::uint64_t>(1, column.components),
                     column.component});
  }
}

void write_header(const Table& table, CsvFile& csv) {
  for (const TableDimension& each : table.dimensions) csv.cell(each.name);
  if (!table.row_size.empty()) csv.cell("episode"), csv.cell("t");
  for (const TableColumn& column : table.columns) csv.cell(column.name);
  csv.end_row();
}

}  // namespace

void write_rows(const Reader& file, const Table& table, CsvFile& csv) {
  write_header(table, csv);
  EpisodeCursor cursor(file, table.row_size);
  for (Blocks block(table); !block.is_over; block.advance()) {
    std::vector<Cells> cells;
    const std::uint64_t rows = product(block.count);
    add_dimensions(file, table, block, cells);
    if (!table.row_size.empty()) {
      auto [episode, t] = cursor.next(rows);
      cells.push_back({std::make_shared<Values>(std::move(episode)), 1, rows, 1, 0});
      cells.push_back({std::make_shared<Values>(std::move(t)), 1, rows, 1, 0});
    }
    add_columns(file, table, block, cells);
    for (std::uint64_t row = 0; row < rows; ++row) {
      for (const Cells& each : cells) each.write(row, csv);
      csv.end_row();
    }
  }
}

}  // namespace seedbed
