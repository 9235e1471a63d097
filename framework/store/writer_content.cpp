#include "store/writer_content.hpp"

#include <cassert>

namespace seedbed {

using namespace hdf5;

namespace {

Handle group_properties(hid_t kind) {
  Handle properties(H5Pcreate(kind));
  H5Pset_obj_track_times(properties.get(), false);
  H5Pset_link_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return properties;
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

std::string leaf_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Writer::Content::Content(std::filesystem::path target, Compression with)
    : path(std::move(target)), name(path.string()), compression(with), groups{"/"} {}

void Writer::Content::create() {
  prepare();
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V110);
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_SEMI);
  H5Pset_file_locking(access.get(), false, true);  // it would truncate first and lock then
  const Handle creation = group_properties(H5P_FILE_CREATE);
  const std::string partial = partial_path(path).string();
  lock.emplace(path);
  file = need(H5Fcreate(partial.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), partial,
              "to create the file");
}

void Writer::Content::make_group(const std::string& group) {
  if (groups.contains(group)) return;
  make_group(folder_of(group));
  const Handle creation = group_properties(H5P_GROUP_CREATE);
  need(H5Gcreate2(file.get(), group.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), name,
       "to create group " + group);
  groups.insert(group);
}

void Writer::Content::enter(const std::string& dataset, const Meaning& meaning) {
  assert(dataset.starts_with('/') && !groups.contains(dataset));
  [[maybe_unused]] const bool is_new = datasets.insert(dataset).second;
  assert(is_new);
  make_group(folder_of(dataset));
  if (!meaning.units.empty()) attributes.push_back({dataset, "units", meaning.units});
  attributes.push_back({dataset, "long_name", meaning.long_name});
}

std::string Writer::Content::scale_of(const std::string& dataset,
                                      const std::string& dimension) const {
  for (std::string folder = folder_of(dataset);; folder = folder_of(folder)) {
    const std::string scale = (folder == "/" ? "" : folder) + "/" + dimension;
    if (lengths.contains(scale) || growing.contains(scale)) return scale;
    if (folder == "/") break;
  }
  assert(dimension.empty() && "a dimension without a scale");
  return {};
}

std::vector<std::string> Writer::Content::attach(const std::string& dataset,
                                                 const Dimensions& dims) {
  std::vector<std::string> paths;
  for (const std::string& dimension : dims) paths.push_back(scale_of(dataset, dimension));
  attachments.push_back({dataset, paths});
  return paths;
}

Shape Writer::Content::shape(const std::vector<std::string>& scale_paths) const {
  Shape shape;
  for (const std::string& scale : scale_paths) shape.push_back(lengths.at(scale));
  return shape;
}

void Writer::Content::grow(const std::string& dataset, Element element, Shape row) {
  auto& slot = growing[dataset];
  slot = std::make_unique<Growing>(dataset, element, std::move(row), compression);
  growing_in_order.push_back(slot.get());
}

void Writer::Content::put(const std::string& dataset, Element element, const Shape& size,
                          const void* data) {
  const Handle made =
      create_dataset(file.get(), name, dataset, {element, size, false, false, compression});
  write_slab(made.get(), name, element, Shape(size.size(), 0), size, data);
}

void Writer::Content::put_labelled(const std::string& dataset, const Dimensions& dims,
                                   Element element, std::size_t size, const void* data,
                                   const Meaning& meaning) {
  enter(dataset, meaning);
  const Shape all = shape(attach(dataset, dims));
  assert(product(all) == size);
  put(dataset, element, all, data);
}

void Writer::Content::put_scale(const std::string& scale, Element element, std::size_t size,
                                const void* data, const Meaning& meaning) {
  enter(scale, meaning);
  put(scale, element, {size}, data);
  lengths[scale] = size;
  scales.push_back(scale);
}

void Writer::Content::append(const std::string& dataset, Element element,
                             std::span<const std::byte> rows) {
  const auto found = growing.find(dataset);
  assert(found != growing.end() && found->second->element() == element);
  found->second->append(file.get(), name, rows);
}

void Writer::Content::settle() {
  for (const auto& attachment : attachments) {
    const auto dataset = growing.find(attachment.dataset);
    if (dataset == growing.end()) continue;
    assert(dataset->second->rows() == growing.at(attachment.scales.at(0))->rows());
  }
  for (Growing* each : growing_in_order) each->settle(file.get(), name);
  reserved.clear();
}

void Writer::Content::mark_scales() {
  std::map<std::string, Handle> open;
  for (const std::string& scale : scales) {
    const std::string what = "scale " + scale;
    Handle dataset = need(H5Dopen2(file.get(), scale.c_str(), H5P_DEFAULT), name, what);
    check(H5DSset_scale(dataset.get(), leaf_of(scale).c_str()), name, what);
    open.emplace(scale, std::move(dataset));
  }
  for (const auto& [path_of_dataset, its_scales] : attachments) {
    const Handle dataset = need(H5Dopen2(file.get(), path_of_dataset.c_str(), H5P_DEFAULT), name,
                                "dataset " + path_of_dataset);
    for (unsigned i = 0; i < its_scales.size(); ++i)
      check(H5DSattach_scale(dataset.get(), open.at(its_scales[i]).get(), i), name,
            "to attach scale " + its_scales[i] + " to " + path_of_dataset);
  }
}

std::vector<Extent> Writer::Content::numbers() const {
  check(H5Fflush(file.get(), H5F_SCOPE_LOCAL), name, "to write the file");
  std::vector<Extent> all;
  for (const std::string& path_of_dataset : datasets) {
    const Handle dataset(H5Dopen2(file.get(), path_of_dataset.c_str(), H5P_DEFAULT));
    const auto some = extents_of(dataset.get());
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace seedbed
