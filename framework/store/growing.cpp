#include "store/growing.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace seedbed::hdf5 {

namespace {

constexpr std::size_t least_block = 1024 * 1024, first_room = 4096;

}  // namespace

Growing::Growing(std::string path, Element element, Shape row, bool deflates)
    : path_(std::move(path)), row_(std::move(row)), element_(element), deflates_(deflates) {
  row_bytes_ = product(row_) * size_of(element_);
  assert(row_bytes_ > 0);
  const std::size_t chunk = chunk_shape(plan(0, true))[0] * row_bytes_;
  block_bytes_ = (least_block + chunk - 1) / chunk * chunk;
}

DatasetPlan Growing::plan(hsize_t rows, bool grows) const {
  Shape shape{rows};
  shape.insert(shape.end(), row_.begin(), row_.end());
  return {element_, shape, grows, false, deflates_};
}

std::span<std::byte> Growing::extend(std::size_t most) {
  assert(most > 0 && !is_full());
  const std::size_t bytes = std::min(most * row_bytes_, block_bytes_ - block_.size);
  if (block_.size + bytes > block_.capacity) {
    const std::size_t wanted = std::max({first_room, 2 * block_.capacity, block_.size + bytes});
    Block larger(std::min(wanted, block_bytes_));
    larger.size = block_.size;
    if (block_.size > 0) std::memcpy(larger.data.get(), block_.data.get(), block_.size);
    block_ = std::move(larger);
  }
  std::byte* room = block_.data.get() + block_.size;
  block_.size += bytes;
  rows_ += bytes / row_bytes_;
  return {room, bytes};
}

Block Growing::exchange(SpareBlocks& spare) {
  Block full = std::move(block_);
  block_ = spare.take(block_bytes_);
  return full;
}

Block Growing::take_rest() {
  rows_ = 0;
  return std::exchange(block_, Block());
}

void Growing::write(PartialFile& file, const Block& block) {
  if (!dataset_) dataset_ = create_dataset(file.file(), file.name(), path_, plan(0, true));
  const DatasetPlan rows = plan(block.size / row_bytes_, true);
  Shape extent = rows.shape, offset(rows.shape.size(), 0);
  extent[0] = written_ + rows.shape[0];
  offset[0] = written_;
  check(H5Dset_extent(dataset_.get(), extent.data()), file.name(), "to lengthen dataset " + path_);
  if (deflates_ || !file.write_directly(dataset_.get(), rows, written_, block.bytes()))
    write_slab(dataset_.get(), file.name(), element_, offset, rows.shape, block.data.get());
  written_ = extent[0];
}

void Growing::settle(PartialFile& file, const Block& rest) {
  if (dataset_ || rest.size >= least_block) {
    if (rest.size > 0) write(file, rest);
  } else {
    const DatasetPlan whole = plan(rest.size / row_bytes_, false);
    dataset_ = create_dataset(file.file(), file.name(), path_, whole);
    write_slab(dataset_.get(), file.name(), element_, Shape(whole.shape.size(), 0), whole.shape,
               rest.data.get());
  }
  file.keep(path_, std::move(dataset_));
  written_ = 0;
}

}  // namespace seedbed::hdf5
