#pragma once
// Internal to the store: hdf5.h is included here and nowhere else.
#include <hdf5.h>
#include <hdf5_hl.h>

#include <string>
#include <utility>
#include <vector>

namespace seedbed::hdf5 {

/// Owner of one HDF5 identifier of any kind; closes it unless release() was called.
class Handle {
 public:
  Handle() = default;
  explicit Handle(hid_t id) : id_(id) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) H5Idec_ref(id_);
  }

  hid_t get() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }
  hid_t release() { return std::exchange(id_, -1); }

 private:
  hid_t id_ = -1;
};

/// To be called before the rest of HDF5: no exit handler, and no printing of its error stack (a
/// setting of the calling thread).
void prepare();

/// Throws Error (exit 5): `<file>: expected <expected>, got "<HDF5's innermost reason>"`.
[[noreturn]] void fail(const std::string& file, const std::string& expected);

/// The identifier, or fail().
Handle need(hid_t id, const std::string& file, const std::string& expected);
/// Nothing, or fail(), when `status` is negative.
void check(herr_t status, const std::string& file, const std::string& expected);

/// Closes a dataset that was written. Rationale: the last numbers of a small one leave the library
/// only then; a Handle that goes out of scope does not say that they could not be written.
void close_dataset(Handle& dataset, const std::string& file, const std::string& path);

/// How a group or a file (H5P_GROUP_CREATE, H5P_FILE_CREATE) is made: without times, its links in
/// the order of their making.
Handle group_properties(hid_t kind);

/// How numbers and strings are transferred. Rationale: to convert strings HDF5 clears, for each
/// dataset of a single one, as much memory as it may convert at once: 1 MiB unless it is told less.
hid_t transfer();

enum class Element { real, integer, byte, text };

hid_t text_type();  ///< Variable-length UTF-8: the only strings that every reader reads.
hid_t memory_type(Element element);
hid_t file_type(Element element);
std::size_t size_of(Element element);

using Shape = std::vector<hsize_t>;
hsize_t product(const Shape& shape);
Handle dataspace(const Shape& shape);  ///< A scalar when the shape is empty.

}  // namespace seedbed::hdf5
