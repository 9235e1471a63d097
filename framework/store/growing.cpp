#include "store/growing.hpp"

#include <cassert>

namespace seedbed::hdf5 {

namespace {
constexpr std::size_t buffer_bytes = 1024 * 1024;
}

DatasetPlan Growing::plan(hsize_t rows, bool grows) const {
  Shape shape{rows};
  shape.insert(shape.end(), row_.begin(), row_.end());
  return {element_, shape, grows, false, compression_};
}

void Growing::append(hid_t file, const std::string& file_name, std::span<const std::byte> rows) {
  assert(rows.empty() || (row_bytes() > 0 && rows.size() % row_bytes() == 0));
  buffer_.insert(buffer_.end(), rows.begin(), rows.end());
  if (buffer_.size() < buffer_bytes) return;
  if (!dataset_) {
    const DatasetPlan empty = plan(0, true);
    dataset_ = create_dataset(file, file_name, path_, empty);
    chunk_rows_ = chunk_shape(empty)[0];
  }
  const hsize_t buffered = buffer_.size() / row_bytes();
  write(file_name, buffered - buffered % chunk_rows_);
}

void Growing::write(const std::string& file_name, hsize_t rows) {
  const DatasetPlan block = plan(rows, true);
  Shape extent = block.shape, offset(block.shape.size(), 0);
  extent[0] = written_ + rows;
  offset[0] = written_;
  check(H5Dset_extent(dataset_.get(), extent.data()), file_name, "to lengthen dataset " + path_);
  write_slab(dataset_.get(), file_name, element_, offset, block.shape, buffer_.data());
  written_ += rows;
  const auto end = buffer_.begin() + static_cast<std::ptrdiff_t>(rows * row_bytes());
  buffer_.erase(buffer_.begin(), end);
}

void Growing::settle(hid_t file, const std::string& file_name) {
  if (dataset_) {
    if (!buffer_.empty()) write(file_name, rows() - written_);
  } else {
    const DatasetPlan whole = plan(rows(), false);
    dataset_ = create_dataset(file, file_name, path_, whole);
    write_slab(dataset_.get(), file_name, element_, Shape(whole.shape.size(), 0), whole.shape,
               buffer_.data());
  }
  dataset_ = Handle();
}

}  // namespace seedbed::hdf5
