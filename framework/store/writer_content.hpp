#pragma once
// Internal to the store: what a Writer holds.
#include <map>
#include <memory>
#include <set>

#include "store/background.hpp"
#include "store/growing.hpp"
#include "store/partial_file.hpp"

namespace seedbed {

/// Names and rows belong to the thread that calls the Writer, the file to the one that writes.
struct Writer::Content {
  PartialFile file;
  std::filesystem::path path;
  std::string label;
  bool published = false;

  Layout layout;
  std::set<std::string> datasets;
  std::map<std::string, hsize_t> lengths;  ///< Of the scales that do not grow.
  std::vector<std::unique_ptr<hdf5::Growing>> growing;
  std::map<std::string, Growth> growth_of;
  std::map<std::string, hdf5::Handle> reserved;
  hdf5::SpareBlocks spare;
  Background background;  // last: it ends before the rest goes

  Content(std::filesystem::path path, Compression compression);

  void enter(const std::string& dataset, const Meaning& meaning);
  /// The path of the scale that `dimension` means in `dataset`.
  std::string scale_of(const std::string& dataset, const std::string& dimension) const;
  std::vector<std::string> attach(const std::string& dataset, const Dimensions& dims);
  hdf5::Shape shape(const std::vector<std::string>& scale_paths) const;
  Growth grow(const std::string& path, hdf5::Element element, hdf5::Shape row, bool deflates);
  void put_labelled(const std::string& path, const Dimensions& dims, hdf5::Element element,
                    std::size_t size, const void* data, const Meaning& meaning);
  void put_scale(const std::string& path, hdf5::Element element, std::size_t size, const void* data,
                 const Meaning& meaning);

  hdf5::Growing& growing_at(Growth dataset) { return *growing[static_cast<std::size_t>(dataset)]; }
  std::span<std::byte> extend(hdf5::Growing& dataset, std::size_t most);
  void append(hdf5::Growing& to, hdf5::Element element, std::span<const std::byte> rows);

  /// What is not written of each growing dataset, in their order; the next rows are of another
  /// file.
  std::vector<hdf5::Block> take_rests();
  void settle(const std::vector<hdf5::Block>& rests);
  /// After a part was published: the next file, with all that is not rows.
  void begin_next(const std::filesystem::path& part, const Layout& layout);
};

}  // namespace seedbed
