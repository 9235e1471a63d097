#include "store/writer_content.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace seedbed {

using namespace hdf5;

Writer::Content::Content(std::filesystem::path target, Compression compression)
    : file(target, compression), path(std::move(target)) {}

void Writer::Content::enter(const std::string& dataset, const Meaning& meaning) {
  assert(dataset.starts_with('/'));
  [[maybe_unused]] const bool is_new = datasets.insert(dataset).second;
  assert(is_new);
  layout.datasets.push_back(dataset);
  if (!meaning.units.empty()) layout.attributes.push_back({dataset, "units", meaning.units});
  layout.attributes.push_back({dataset, "long_name", meaning.long_name});
  background.now([&] { file.make_folder_of(dataset); });
}

std::string Writer::Content::scale_of(const std::string& dataset,
                                      const std::string& dimension) const {
  for (std::string folder = folder_of(dataset);; folder = folder_of(folder)) {
    const std::string scale = (folder == "/" ? "" : folder) + "/" + dimension;
    if (lengths.contains(scale) || growth_of.contains(scale)) return scale;
    if (folder == "/") break;
  }
  assert(dimension.empty() && "a dimension without a scale");
  return {};
}

std::vector<std::string> Writer::Content::attach(const std::string& dataset,
                                                 const Dimensions& dims) {
  std::vector<std::string> paths;
  for (const std::string& dimension : dims) paths.push_back(scale_of(dataset, dimension));
  layout.attachments.push_back({dataset, paths});
  return paths;
}

Shape Writer::Content::shape(const std::vector<std::string>& scale_paths) const {
  Shape shape;
  for (const std::string& scale : scale_paths) shape.push_back(lengths.at(scale));
  return shape;
}

Writer::Growth Writer::Content::grow(const std::string& dataset, Element element, Shape row,
                                     bool deflates) {
  const auto place = static_cast<Growth>(growing.size());
  growing.push_back(std::make_unique<Growing>(dataset, element, std::move(row), deflates));
  return growth_of[dataset] = place;
}

void Writer::Content::put_labelled(const std::string& dataset, const Dimensions& dims,
                                   Element element, [[maybe_unused]] std::size_t size,
                                   const void* data, const Meaning& meaning) {
  enter(dataset, meaning);
  const Shape all = shape(attach(dataset, dims));
  assert(product(all) == size);
  background.now([&] { file.put(dataset, element, all, data); });
}

void Writer::Content::put_scale(const std::string& scale, Element element, std::size_t size,
                                const void* data, const Meaning& meaning) {
  enter(scale, meaning);
  background.now([&] { file.put(scale, element, {size}, data); });
  lengths[scale] = size;
  layout.scales.push_back(scale);
}

std::span<std::byte> Writer::Content::extend(Growing& dataset, std::size_t most) {
  if (dataset.is_full()) {
    const auto full = std::make_shared<Block>(dataset.exchange(spare));
    background.give(full->capacity, [this, &dataset, full] {
      dataset.write(file, *full);
      spare.put(std::move(*full));
    });
  }
  return dataset.extend(most);
}

void Writer::Content::append(Growing& to, [[maybe_unused]] Element element,
                             std::span<const std::byte> rows) {
  assert(to.element() == element && rows.size() % to.row_bytes() == 0);
  while (!rows.empty()) {
    const auto room = extend(to, rows.size() / to.row_bytes());
    std::memcpy(room.data(), rows.data(), room.size());
    rows = rows.subspan(room.size());
  }
}

std::vector<Block> Writer::Content::take_rests() {
  for (const auto& attachment : layout.attachments) {
    const auto dataset = growth_of.find(attachment.dataset);
    if (dataset == growth_of.end()) continue;
    assert(growing_at(dataset->second).rows() ==
           growing_at(growth_of.at(attachment.scales.at(0))).rows());
  }
  std::vector<Block> rests;
  for (const auto& each : growing) rests.push_back(each->take_rest());
  return rests;
}

void Writer::Content::settle(const std::vector<Block>& rests) {
  for (std::size_t i = 0; i < rests.size(); ++i) growing[i]->settle(file, rests[i]);
  for (auto& [its_path, dataset] : reserved) file.keep(its_path, std::move(dataset));
  reserved.clear();
}

void Writer::Content::begin_next(const std::filesystem::path& part, const Layout& of_part) {
  file.create();
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_file_locking(access.get(), false, true);
  const Handle from =
      need(H5Fopen(part.c_str(), H5F_ACC_RDONLY, access.get()), part.string(), "a whole HDF5 file");
  for (const std::string& dataset : of_part.datasets) {
    file.make_folder_of(dataset);
    if (!growth_of.contains(dataset)) file.copy(from, dataset);
  }
}

}  // namespace seedbed
