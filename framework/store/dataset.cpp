#include "store/dataset.hpp"

#include <algorithm>
#include <limits>

#include "store/block.hpp"

namespace seedbed::hdf5 {

namespace {

constexpr hsize_t chunk_bytes = 512 * 1024;
constexpr hsize_t cache_bytes = 4 * 1024 * 1024;
constexpr hsize_t smallest_deflated = 64 * 1024;  // below it a chunk costs more than it saves

bool is_deflated(const DatasetPlan& plan) {
  const hsize_t bytes = product(plan.shape) * size_of(plan.element);
  return plan.deflates && plan.element != Element::text &&
         (plan.grows || bytes >= smallest_deflated);
}

bool is_chunked(const DatasetPlan& plan) {
  const bool has_zero = std::ranges::count(plan.shape, hsize_t{0}) > 0;
  return !plan.shape.empty() && (plan.grows || has_zero || is_deflated(plan));
}

Handle creation_properties(const DatasetPlan& plan) {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_obj_track_times(properties.get(), false);
  if (is_chunked(plan)) {
    const Shape chunk = chunk_shape(plan);
    H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
    if (is_deflated(plan)) {
      H5Pset_shuffle(properties.get());
      H5Pset_deflate(properties.get(), 1);
    } else if (plan.grows) {
      H5Pset_alloc_time(properties.get(), H5D_ALLOC_TIME_EARLY);
      H5Pset_fill_time(properties.get(), H5D_FILL_TIME_NEVER);
    }
  }
  if (plan.missing_is_nan) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    H5Pset_fill_value(properties.get(), H5T_NATIVE_DOUBLE, &nan);
  }
  return properties;
}

Handle access_properties(const DatasetPlan& plan) {
  Handle properties(H5Pcreate(H5P_DATASET_ACCESS));
  H5Pset_chunk_cache(properties.get(), 521, plan.grows ? 0 : cache_bytes, 1.0);
  return properties;
}

}  // namespace

Shape chunk_shape(const DatasetPlan& plan) {
  Shape chunk = plan.shape;
  hsize_t left = chunk_bytes / size_of(plan.element);
  for (std::size_t i = chunk.size(); i-- > 0;) {
    const bool any_length = i == 0 && plan.grows;
    const hsize_t whole = any_length ? left : chunk[i];
    chunk[i] = std::clamp<hsize_t>(whole, 1, std::max<hsize_t>(left, 1));
    left /= chunk[i];
  }
  constexpr hsize_t direct_rows = direct_unit / sizeof(double);
  if (plan.grows && chunk[0] > direct_rows) chunk[0] -= chunk[0] % direct_rows;
  return chunk;
}

Handle create_dataset(hid_t file, const std::string& file_name, const std::string& path,
                      const DatasetPlan& plan) {
  Handle space;
  if (plan.grows) {
    Shape most = plan.shape;
    most[0] = H5S_UNLIMITED;
    space = Handle(H5Screate_simple(static_cast<int>(most.size()), plan.shape.data(), most.data()));
  } else {
    space = dataspace(plan.shape);
  }
  const auto create = [&](hid_t creation, hid_t access) {
    return need(H5Dcreate2(file, path.c_str(), file_type(plan.element), space.get(), H5P_DEFAULT,
                           creation, access),
                file_name, "to create dataset " + path);
  };
  // Rationale: most datasets are short columns, and to make properties takes as long as to use
  // them.
  static const hid_t of_short_column = creation_properties({}).release();
  if (!is_chunked(plan) && !plan.missing_is_nan) return create(of_short_column, H5P_DEFAULT);
  return create(creation_properties(plan).get(), access_properties(plan).get());
}

void write_slab(hid_t dataset, const std::string& file_name, Element element, const Shape& offset,
                const Shape& count, const void* data) {
  if (product(count) == 0) return;
  const hid_t type = memory_type(element);
  if (count.empty()) {
    check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, transfer(), data), file_name,
          "to write a dataset");
    return;
  }
  const Handle memory = dataspace(count);
  const Handle space(H5Dget_space(dataset));
  check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, offset.data(), nullptr, count.data(),
                            nullptr),
        file_name, "a part of a dataset");
  check(H5Dwrite(dataset, type, memory.get(), space.get(), transfer(), data), file_name,
        "to write a dataset");
}

namespace {

// The corners of the chunks that cover `shape`, one after another.
bool advance(Shape& corner, const Shape& shape, const Shape& chunk) {
  for (std::size_t i = corner.size(); i-- > 0;) {
    corner[i] += chunk[i];
    if (corner[i] < shape[i]) return true;
    corner[i] = 0;
  }
  return false;
}

/// Where a chunk lies; its size is 0 when it is not in the file.
Extent extent_of_chunk(hid_t dataset, const Shape& corner) {
  unsigned mask = 0;
  haddr_t offset = HADDR_UNDEF;
  hsize_t size = 0;
  H5Dget_chunk_info_by_coord(dataset, corner.data(), &mask, &offset, &size);
  return offset == HADDR_UNDEF ? Extent{} : Extent{offset, size};
}

std::vector<Extent> extents_of_chunks(hid_t dataset, const Handle& properties) {
  const Handle space(H5Dget_space(dataset));
  Shape shape(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.get())));
  Shape chunk(shape.size()), corner(shape.size(), 0);
  H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr);
  H5Pget_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
  std::vector<Extent> extents;
  if (product(shape) == 0) return extents;
  do {
    const Extent extent = extent_of_chunk(dataset, corner);
    if (extent.size > 0) extents.push_back(extent);
  } while (advance(corner, shape, chunk));
  return extents;
}

}  // namespace

std::vector<Extent> extents_of_rows(hid_t dataset, hsize_t first, const DatasetPlan& rows) {
  const Shape chunk = chunk_shape(rows);
  if (!std::equal(chunk.begin() + 1, chunk.end(), rows.shape.begin() + 1)) return {};
  if (rows.shape[0] % chunk[0] != 0) return {};
  std::vector<Extent> extents;
  Shape corner(chunk.size(), 0);
  for (hsize_t row = 0; row < rows.shape[0]; row += chunk[0]) {
    corner[0] = first + row;
    const Extent extent = extent_of_chunk(dataset, corner);
    if (extent.size == 0) return {};
    if (!extents.empty() && extents.back().offset + extents.back().size == extent.offset)
      extents.back().size += extent.size;
    else
      extents.push_back(extent);
  }
  return extents;
}

std::vector<Extent> extents_of(hid_t dataset) {
  const Handle type(H5Dget_type(dataset)), properties(H5Dget_create_plist(dataset));
  if (H5Tget_class(type.get()) == H5T_STRING) return {};
  if (H5Pget_layout(properties.get()) == H5D_CHUNKED) return extents_of_chunks(dataset, properties);
  const haddr_t offset = H5Dget_offset(dataset);
  if (offset == HADDR_UNDEF) return {};
  return {{offset, H5Dget_storage_size(dataset)}};
}

}  // namespace seedbed::hdf5
