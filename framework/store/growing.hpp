#pragma once
// Internal to the store: a dataset that grows along its first dimension.
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "store/dataset.hpp"

namespace seedbed::hdf5 {

/// Buffers rows; the dataset is created when a MiB is there, or at settle().
///
/// Rationale: a file of a short run has many short columns. Created late they are contiguous and
/// of the right size; created early each would allocate a whole chunk.
class Growing {
 public:
  Growing(std::string path, Element element, Shape row, Compression compression)
      : path_(std::move(path)), row_(std::move(row)), element_(element),
        compression_(compression) {}

  void append(hid_t file, const std::string& file_name, std::span<const std::byte> rows);
  /// Writes what is left and closes the dataset.
  void settle(hid_t file, const std::string& file_name);

  Element element() const { return element_; }
  hsize_t rows() const { return row_bytes() ? written_ + buffer_.size() / row_bytes() : 0; }

 private:
  std::size_t row_bytes() const { return product(row_) * size_of(element_); }
  DatasetPlan plan(hsize_t rows, bool grows) const;
  void write(const std::string& file_name, hsize_t rows);

  std::string path_;
  Shape row_;
  Element element_;
  Compression compression_;
  hsize_t written_ = 0, chunk_rows_ = 1;
  std::vector<std::byte> buffer_;
  Handle dataset_;
};

}  // namespace seedbed::hdf5
