#pragma once
// Internal to the store: the HDF5 file that a Writer builds.
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "store/dataset.hpp"
#include "store/direct_file.hpp"
#include "store/publication.hpp"
#include "store/state.hpp"
#include "store/writer.hpp"

namespace seedbed {

/// What a file says beside its numbers.
struct Layout {
  struct QueuedAttribute {
    std::string object, name;
    Writer::Attribute value;
  };
  struct Attachment {  ///< A dataset and the paths of its scales.
    std::string dataset;
    std::vector<std::string> scales;
  };
  std::vector<QueuedAttribute> attributes;  ///< Written last: their datasets may not exist yet.
  std::vector<Attachment> attachments;
  std::vector<std::string> scales, datasets;  ///< In the order in which they were declared.
};

/// The file `<path>.partial`, open. Belongs to one thread at a time.
class PartialFile {
 public:
  PartialFile(std::filesystem::path path, Compression compression);

  void create();
  hid_t file() const { return file_.get(); }
  const std::string& name() const { return name_; }
  bool is_archive() const { return compression_ == Compression::gzip; }

  void make_group(const std::string& group);  ///< And those around it; when it is not there.
  void make_folder_of(const std::string& dataset);
  /// Takes a dataset that has all its numbers. It stays open until finish(), which looks at each.
  void keep(const std::string& path, hdf5::Handle dataset);
  void put(const std::string& dataset, hdf5::Element element, const hdf5::Shape& shape,
           const void* data);
  /// Writes whole chunks of a dataset that has its room in the file already; they are the
  /// rows from `first` on. False: not that way, which is faster than HDF5's (DirectFile).
  bool write_directly(hid_t dataset, const hdf5::DatasetPlan& rows, hsize_t first,
                      std::span<const std::byte> bytes);
  /// Below /state: not in a layout, so that the seal covers its numbers.
  void put(const State& state);
  /// The dataset of a published file, without its attributes.
  void copy(const hdf5::Handle& published, const std::string& dataset);

  /// Attributes and scales of all datasets; closes, seals and publishes the file as `target`.
  void finish(const Layout& layout, const std::string& label, const std::filesystem::path& target);
  /// Gives up the file and its room on the disk. Where writing failed, HDF5 is not asked to close
  /// it: it would write again what it could not, and crash.
  void abandon(bool failed);

 private:
  void mark_scales(const Layout& layout) const;
  void write_attributes(const Layout& layout);
  std::vector<Extent> numbers(const Layout& layout) const;  ///< Where they lie in the file.
  void close_datasets();

  std::filesystem::path path_;
  std::string name_;  ///< Of the file, as in errors.
  Compression compression_;
  std::optional<PartialLock> lock_;
  hdf5::Handle file_;
  std::optional<DirectFile> direct_;
  std::set<std::string> groups_;
  std::map<std::string, hdf5::Handle> datasets_;
};

std::string folder_of(const std::string& dataset);  ///< "/" at the top.
std::string leaf_of(const std::string& dataset);

}  // namespace seedbed
