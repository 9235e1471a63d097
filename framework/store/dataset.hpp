#pragma once
// Internal to the store: how a dataset lies in the file.
#include <cstddef>

#include "store/handle.hpp"
#include "store/seal.hpp"
#include "store/writer.hpp"

namespace seedbed::hdf5 {

struct DatasetPlan {
  Element element = Element::real;
  Shape shape;
  bool grows = false;  ///< Along its first dimension.
  bool missing_is_nan = false;
  bool deflates = false;  ///< Shuffled and deflated above 64 KiB.
};

/// Chunks are at most half a MiB: the last dimensions whole, the first one cut.
Shape chunk_shape(const DatasetPlan& plan);

/// Creates a dataset without time stamps. Contiguous when small and fixed. One that grows and is
/// not deflated has its room in the file as soon as it is lengthened.
Handle create_dataset(hid_t file, const std::string& file_name, const std::string& path,
                      const DatasetPlan& plan);

/// Writes `count` entries at `offset`; `data` is in the memory type of the element.
void write_slab(hid_t dataset, const std::string& file_name, Element element, const Shape& offset,
                const Shape& count, const void* data);

/// Where the chunks lie that hold `rows` (whole chunks) of a dataset, from `first` on, in their
/// order, neighbours together; nothing where a chunk is not whole rows or not in the file.
std::vector<Extent> extents_of_rows(hid_t dataset, hsize_t first, const DatasetPlan& rows);

/// Where the numbers of a dataset lie in the file; nothing for strings. After a flush.
std::vector<Extent> extents_of(hid_t dataset);

}  // namespace seedbed::hdf5
