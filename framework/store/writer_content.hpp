#pragma once
// Internal to the store: what a Writer holds.
#include <map>
#include <optional>
#include <set>

#include "store/growing.hpp"
#include "store/publication.hpp"
#include "store/writer.hpp"

namespace seedbed {

struct Writer::Content {
  std::filesystem::path path;
  std::string name;  ///< Of the file, as in errors.
  std::string label;
  Compression compression;
  bool published = false;
  std::optional<PartialLock> lock;
  hdf5::Handle file;

  struct QueuedAttribute {
    std::string object, name;
    Attribute value;
  };
  struct Attachment {  ///< A dataset and the paths of its scales.
    std::string dataset;
    std::vector<std::string> scales;
  };
  std::vector<QueuedAttribute> attributes;  ///< Written last: their datasets may not exist yet.
  std::vector<Attachment> attachments;
  std::set<std::string> groups, datasets;
  std::vector<std::string> scales;
  std::map<std::string, hsize_t> lengths;  ///< Of the scales that do not grow.
  std::map<std::string, std::unique_ptr<hdf5::Growing>> growing;
  std::vector<hdf5::Growing*> growing_in_order;
  std::map<std::string, hdf5::Handle> reserved;

  Content(std::filesystem::path path, Compression compression);
  void create();
  void make_group(const std::string& group);
  void enter(const std::string& dataset, const Meaning& meaning);
  /// The path of the scale that `dimension` means in `dataset`.
  std::string scale_of(const std::string& dataset, const std::string& dimension) const;
  std::vector<std::string> attach(const std::string& dataset, const Dimensions& dims);
  hdf5::Shape shape(const std::vector<std::string>& scale_paths) const;
  void grow(const std::string& path, hdf5::Element element, hdf5::Shape row);
  void put(const std::string& path, hdf5::Element element, const hdf5::Shape& shape,
           const void* data);
  void put_labelled(const std::string& path, const Dimensions& dims, hdf5::Element element,
                    std::size_t size, const void* data, const Meaning& meaning);
  void put_scale(const std::string& path, hdf5::Element element, std::size_t size,
                 const void* data, const Meaning& meaning);
  void append(const std::string& path, hdf5::Element element, std::span<const std::byte> rows);

  void settle();           ///< Every growing dataset to the file; checks their lengths.
  void mark_scales();      ///< H5DS: which datasets are scales, and whose.
  void write_attributes();
  std::vector<Extent> numbers() const;  ///< Where they lie in the file.
};

}  // namespace seedbed
