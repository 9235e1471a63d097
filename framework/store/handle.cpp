#include "store/handle.hpp"

#include <seedbed/error.hpp>

namespace seedbed::hdf5 {

void prepare() {
  // Rationale: after a write that failed (a full disk), the library's exit handler crashes on the
  // file that it could not close. Every file of ours is closed before that.
  [[maybe_unused]] static const herr_t without_exit_handler = H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

namespace {

herr_t keep_innermost(unsigned n, const H5E_error2_t* record, void* reason) {
  if (n == 0 && record->desc) *static_cast<std::string*>(reason) = record->desc;
  return 0;
}

/// What the system said, where it refused: HDF5 wraps it into addresses and times.
std::string innermost_reason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
  constexpr std::string_view mark = "error message = '";
  if (const auto begin = reason.find(mark); begin != std::string::npos) {
    const auto text = reason.substr(begin + mark.size());
    return text.substr(0, text.find('\''));
  }
  return reason.empty() ? "no reason given" : reason;
}

}  // namespace

void fail(const std::string& file, const std::string& expected) {
  throw Error(file + ": expected " + expected + ", got \"" + innermost_reason() + "\"",
              Exit::damaged);
}

Handle need(hid_t id, const std::string& file, const std::string& expected) {
  if (id < 0) fail(file, expected);
  return Handle(id);
}

void check(herr_t status, const std::string& file, const std::string& expected) {
  if (status < 0) fail(file, expected);
}

void close_dataset(Handle& dataset, const std::string& file, const std::string& path) {
  check(H5Dclose(dataset.release()), file, "to write the rest of dataset " + path);
}

Handle group_properties(hid_t kind) {
  Handle properties(H5Pcreate(kind));
  H5Pset_obj_track_times(properties.get(), false);
  H5Pset_link_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return properties;
}

hid_t transfer() {
  static const hid_t properties = [] {
    const hid_t made = H5Pcreate(H5P_DATASET_XFER);
    H5Pset_buffer(made, 16 * 1024, nullptr, nullptr);
    return made;
  }();
  return properties;
}

hid_t text_type() {
  static const hid_t type = [] {
    const hid_t made = H5Tcopy(H5T_C_S1);
    H5Tset_size(made, H5T_VARIABLE);
    H5Tset_cset(made, H5T_CSET_UTF8);
    return made;
  }();
  return type;
}

hid_t memory_type(Element element) {
  if (element == Element::text) return text_type();
  if (element == Element::real) return H5T_NATIVE_DOUBLE;
  return element == Element::integer ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT8;
}

hid_t file_type(Element element) {
  if (element == Element::text) return text_type();
  if (element == Element::real) return H5T_IEEE_F64LE;
  return element == Element::integer ? H5T_STD_I64LE : H5T_STD_U8LE;
}

std::size_t size_of(Element element) {
  if (element == Element::text) return sizeof(char*);
  return element == Element::byte ? 1 : 8;
}

hsize_t product(const Shape& shape) {
  hsize_t count = 1;
  for (const hsize_t size : shape) count *= size;
  return count;
}

Handle dataspace(const Shape& shape) {
  if (shape.empty()) return Handle(H5Screate(H5S_SCALAR));
  Shape most = shape;
  for (hsize_t& size : most)  // netCDF takes a fixed length of 0 for an unlimited dimension
    if (size == 0) size = H5S_UNLIMITED;
  return Handle(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), most.data()));
}

}  // namespace seedbed::hdf5
