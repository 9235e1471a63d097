#pragma once
// Internal to the store: a dataset that grows along its first dimension.
#include <cstddef>
#include <span>
#include <string>

#include "store/block.hpp"
#include "store/partial_file.hpp"

namespace seedbed::hdf5 {

/// Gathers rows in blocks of a MiB or more; the dataset is made when the first is full, or at
/// settle(). One thread gathers, one writes; a block belongs to one of them.
///
/// Rationale: a file of a short run has many short columns. Created late they are contiguous and
/// of the right size; created early each would allocate a whole chunk.
class Growing {
 public:
  Growing(std::string path, Element element, Shape row, bool deflates);

  // The thread that gathers.
  Element element() const { return element_; }
  const std::string& path() const { return path_; }
  std::size_t row_bytes() const { return row_bytes_; }
  hsize_t rows() const { return rows_; }  ///< In this file, written or not.
  bool is_full() const { return block_.size == block_bytes_; }
  /// Room for some rows, `most` at most and one at least, at the end. Not when it is full.
  std::span<std::byte> extend(std::size_t most);
  /// The block at hand, in exchange for an empty one.
  Block exchange(SpareBlocks& spare);
  Block take_rest();  ///< The same at the end of a file: the next rows are the first of another.

  // The thread that writes.
  void write(PartialFile& file, const Block& block);
  /// Writes what is left; the file keeps the dataset.
  void settle(PartialFile& file, const Block& rest);
  void forget() { dataset_.release(); }  ///< Leaves the dataset open: for a file that is given up.

 private:
  DatasetPlan plan(hsize_t rows, bool grows) const;

  const std::string path_;
  const Shape row_;
  const Element element_;
  const bool deflates_;
  std::size_t row_bytes_, block_bytes_;
  hsize_t rows_ = 0;     // of the thread that gathers
  Block block_;          // likewise
  hsize_t written_ = 0;  // of the thread that writes
  Handle dataset_;       // likewise
};

}  // namespace seedbed::hdf5
