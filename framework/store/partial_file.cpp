#include "store/partial_file.hpp"

#include <unistd.h>

#include <system_error>

#include "store/block.hpp"

namespace seedbed {

using namespace hdf5;

namespace {

constexpr hsize_t least_aligned = 256 * 1024;  // chunks of what grows, not of a short column

}  // namespace

std::string folder_of(const std::string& dataset) {
  const auto slash = dataset.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : dataset.substr(0, slash);
}

std::string leaf_of(const std::string& dataset) {
  return dataset.substr(dataset.rfind('/') + 1);
}

PartialFile::PartialFile(std::filesystem::path path, Compression compression)
    : path_(std::move(path)), name_(path_.string()), compression_(compression) {}

void PartialFile::create() {
  prepare();
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V110);
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_SEMI);
  H5Pset_file_locking(access.get(), false, true);  // it would truncate first and lock then
  H5Pset_alignment(access.get(), least_aligned, direct_unit);
  const Handle creation = group_properties(H5P_FILE_CREATE);
  const std::string partial = partial_path(path_).string();
  lock_.emplace(path_);
  file_ = need(H5Fcreate(partial.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), partial,
               "to create the file");
  direct_.emplace(partial);
  groups_ = {"/"};
}

void PartialFile::make_group(const std::string& group) {
  if (groups_.contains(group)) return;
  make_group(folder_of(group));
  static const hid_t creation = group_properties(H5P_GROUP_CREATE).release();
  need(H5Gcreate2(file_.get(), group.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), name_,
       "to create group " + group);
  groups_.insert(group);
}

void PartialFile::make_folder_of(const std::string& dataset) {
  make_group(folder_of(dataset));
}

void PartialFile::put(const std::string& dataset, Element element, const Shape& size,
                      const void* data) {
  Handle made =
      create_dataset(file_.get(), name_, dataset,
                     {element, size, false, false, element != Element::real || is_archive()});
  write_slab(made.get(), name_, element, Shape(size.size(), 0), size, data);
  keep(dataset, std::move(made));
}

void PartialFile::keep(const std::string& path, Handle dataset) {
  datasets_.insert_or_assign(path, std::move(dataset));
}

bool PartialFile::write_directly(hid_t dataset, const DatasetPlan& rows, hsize_t first,
                                 std::span<const std::byte> bytes) {
  for (const Extent& extent : extents_of_rows(dataset, first, rows)) {
    if (!direct_->write(extent.offset, bytes.first(extent.size))) return false;
    bytes = bytes.subspan(extent.size);
  }
  return bytes.empty();
}

void PartialFile::put(const State& state) {
  for (const auto& [name, numbers] : state.numbers) {
    const std::string path = "/state/" + name;
    make_folder_of(path);
    if (const auto* reals = std::get_if<std::vector<double>>(&numbers))
      put(path, Element::real, {reals->size()}, reals->data());
    else
      put(path, Element::integer, {std::get<1>(numbers).size()}, std::get<1>(numbers).data());
  }
}

// Rationale: H5Ocopy of HDF5 1.10 crashes where the disk is full.
void PartialFile::copy(const Handle& published, const std::string& dataset) {
  const std::string what = "dataset " + dataset + " of the part";
  const Handle from = need(H5Dopen2(published.get(), dataset.c_str(), H5P_DEFAULT), name_, what);
  const Handle type(H5Dget_type(from.get())), space(H5Dget_space(from.get()));
  Shape shape(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.get())));
  H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr);
  if (H5Tget_class(type.get()) == H5T_STRING) {
    std::vector<char*> data(product(shape));
    check(H5Dread(from.get(), text_type(), H5S_ALL, H5S_ALL, transfer(), data.data()), name_, what);
    put(dataset, Element::text, shape, data.data());
    H5Dvlen_reclaim(text_type(), space.get(), H5P_DEFAULT, data.data());
    return;
  }
  const Element element = H5Tget_class(type.get()) == H5T_FLOAT ? Element::real
                          : H5Tget_size(type.get()) == 1        ? Element::byte
                                                                : Element::integer;
  std::vector<std::byte> data(product(shape) * size_of(element));
  check(H5Dread(from.get(), memory_type(element), H5S_ALL, H5S_ALL, H5P_DEFAULT, data.data()),
        name_, what);
  put(dataset, element, shape, data.data());
}

void PartialFile::mark_scales(const Layout& layout) const {
  for (const std::string& scale : layout.scales)
    check(H5DSset_scale(datasets_.at(scale).get(), leaf_of(scale).c_str()), name_,
          "scale " + scale);
  for (const auto& [path, its_scales] : layout.attachments)
    for (unsigned i = 0; i < its_scales.size(); ++i)
      check(H5DSattach_scale(datasets_.at(path).get(), datasets_.at(its_scales[i]).get(), i), name_,
            "to attach scale " + its_scales[i] + " to " + path);
}

std::vector<Extent> PartialFile::numbers(const Layout& layout) const {
  check(H5Fflush(file_.get(), H5F_SCOPE_LOCAL), name_, "to write the file");
  std::vector<Extent> all;
  for (const std::string& path : layout.datasets) {
    const auto some = extents_of(datasets_.at(path).get());
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

void PartialFile::close_datasets() {
  for (auto& [path, dataset] : datasets_) close_dataset(dataset, name_, path);
  datasets_.clear();
}

void PartialFile::finish(const Layout& layout, const std::string& label,
                         const std::filesystem::path& target) {
  mark_scales(layout);
  write_attributes(layout);
  const auto extents = numbers(layout);
  close_datasets();
  check(H5Fclose(file_.release()), name_, "to close the file");
  direct_.reset();
  seal(partial_path(path_), extents, label);
  publish_partial(path_, target);
  lock_.reset();
}

void PartialFile::abandon(bool failed) {
  if (failed) {
    for (auto& [path, dataset] : datasets_) dataset.release();
    file_.release();
  }
  datasets_.clear();  // a file with open datasets cannot be closed
  file_ = Handle();
  direct_.reset();
  if (!lock_) return;  // not ours, or published
  const auto partial = partial_path(path_);
  // Rationale: a file that is still open would keep its room.
  [[maybe_unused]] const int freed = ::truncate(partial.c_str(), 0);
  std::error_code ignored;
  std::filesystem::remove(partial, ignored);
}

}  // namespace seedbed
