#include "store/reader.hpp"

#include <algorithm>
#include <type_traits>

#include "store/reader_content.hpp"
#include "store/seal.hpp"
#include "store/writer.hpp"

namespace seedbed {

using namespace hdf5;

namespace {

Handle open_file(const std::string& name) {
  prepare();
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_file_locking(access.get(), false, true);  // published files never change
  return need(H5Fopen(name.c_str(), H5F_ACC_RDONLY, access.get()), name, "a whole HDF5 file");
}

}  // namespace

Shape Reader::Content::shape_of(const Handle& dataset, const std::string& where) const {
  const Handle space(H5Dget_space(dataset.get()));
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank < 0) fail(name, "the shape of " + where);
  Shape shape(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr);
  return shape;
}

void Reader::Content::expect(const Handle& dataset, const std::string& where,
                             H5T_class_t expected) const {
  const Handle type(H5Dget_type(dataset.get()));
  const H5T_class_t got = H5Tget_class(type.get());
  if (expected == H5T_STRING) {
    if (got != H5T_STRING || H5Tis_variable_str(type.get()) <= 0)
      refuse(where, "expected strings of variable length, got another type");
  } else if (got != expected && !(expected == H5T_FLOAT && got == H5T_INTEGER)) {
    refuse(where, expected == H5T_FLOAT ? "expected numbers, got another type"
                                        : "expected integers, got another type");
  }
}

template <class Number>
std::vector<Number> Reader::Content::numbers(const std::string& where, hid_t memory) const {
  const Handle opened = dataset(where);
  expect(opened, where, std::is_same_v<Number, double> ? H5T_FLOAT : H5T_INTEGER);
  std::vector<Number> data(product(shape_of(opened, where)));
  if (!data.empty())
    check(H5Dread(opened.get(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data.data()), name,
          "to read " + where);
  return data;
}

template <class Number>
std::vector<Number> Reader::Content::numbers(const std::string& where, hid_t memory,
                                             const Shape& offset, const Shape& count) const {
  const Handle opened = dataset(where);
  expect(opened, where, std::is_same_v<Number, double> ? H5T_FLOAT : H5T_INTEGER);
  if (shape_of(opened, where).size() != count.size() || offset.size() != count.size())
    refuse(where, "expected an array of another rank, got this one");
  std::vector<Number> data(product(count));
  if (data.empty()) return data;
  const Handle memory_space = dataspace(count), space(H5Dget_space(opened.get()));
  if (!count.empty())
    check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, offset.data(), nullptr, count.data(),
                              nullptr),
          name, "that part of " + where);
  check(H5Dread(opened.get(), memory, memory_space.get(), space.get(), H5P_DEFAULT, data.data()),
        name, "to read " + where);
  return data;
}

Reader::Reader(std::filesystem::path path) : content_(std::make_unique<Content>()) {
  content_->path = std::move(path);
  content_->name = content_->path.string();
  check_seal(content_->path);
  content_->file = open_file(content_->name);
  const auto version = real_attribute("/", "seedbed_result_version");
  if (!version)
    throw Error(content_->name + ": expected a result file of Seedbed, got another HDF5 file",
                Exit::damaged);
  if (*version != static_cast<double>(layout_version))
    throw Error(content_->name + ": expected result version " + std::to_string(layout_version) +
                    ", got " + std::to_string(static_cast<std::int64_t>(*version)),
                Exit::damaged);
}

Reader::Reader(Reader&&) noexcept = default;
Reader::~Reader() = default;
const std::filesystem::path& Reader::path() const {
  return content_->path;
}

std::vector<std::uint64_t> Reader::shape(const std::string& path) const {
  const Shape shape = content_->shape_of(content_->dataset(path), path);
  return {shape.begin(), shape.end()};
}

std::vector<double> Reader::reals(const std::string& path) const {
  return content_->numbers<double>(path, H5T_NATIVE_DOUBLE);
}

std::vector<std::int64_t> Reader::integers(const std::string& path) const {
  return content_->numbers<std::int64_t>(path, H5T_NATIVE_INT64);
}

std::vector<double> Reader::reals(const std::string& path, const std::vector<std::uint64_t>& offset,
                                  const std::vector<std::uint64_t>& count) const {
  return content_->numbers<double>(path, H5T_NATIVE_DOUBLE, {offset.begin(), offset.end()},
                                   {count.begin(), count.end()});
}

std::vector<std::int64_t> Reader::integers(const std::string& path,
                                           const std::vector<std::uint64_t>& offset,
                                           const std::vector<std::uint64_t>& count) const {
  return content_->numbers<std::int64_t>(path, H5T_NATIVE_INT64, {offset.begin(), offset.end()},
                                         {count.begin(), count.end()});
}

void Reader::rows(const std::string& path, std::uint64_t first, std::uint64_t count,
                  std::span<std::byte> into) const {
  const Handle dataset = content_->dataset(path), type(H5Dget_type(dataset.get()));
  Shape start = content_->shape_of(dataset, path), size = start;
  const Handle native(H5Tget_native_type(type.get(), H5T_DIR_ASCEND));
  if (H5Tget_class(type.get()) == H5T_STRING || size.empty() || size[0] < first + count)
    content_->refuse(path, "expected " + std::to_string(first + count) + " rows of numbers");
  std::ranges::fill(start, 0);
  start[0] = first;
  size[0] = count;
  if (product(size) * H5Tget_size(native.get()) != into.size())
    content_->refuse(path, "expected rows of another length");
  const Handle memory = dataspace(size), space(H5Dget_space(dataset.get()));
  check(
      H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
      content_->name, "that part of " + path);
  check(H5Dread(dataset.get(), native.get(), memory.get(), space.get(), H5P_DEFAULT, into.data()),
        content_->name, "to read " + path);
}

std::vector<std::string> Reader::texts(const std::string& path) const {
  const Handle dataset = content_->dataset(path);
  content_->expect(dataset, path, H5T_STRING);
  std::vector<char*> data(product(content_->shape_of(dataset, path)));
  if (data.empty()) return {};
  check(H5Dread(dataset.get(), text_type(), H5S_ALL, H5S_ALL, transfer(), data.data()),
        content_->name, "to read " + path);
  std::vector<std::string> texts;
  for (const char* each : data) texts.emplace_back(each ? each : "");
  const Handle space(H5Dget_space(dataset.get()));
  H5Dvlen_reclaim(text_type(), space.get(), H5P_DEFAULT, data.data());
  return texts;
}

std::string Reader::text(const std::string& path) const {
  auto all = texts(path);
  if (all.size() != 1)
    content_->refuse(path, "expected one string, got " + std::to_string(all.size()));
  return std::move(all.front());
}

}  // namespace seedbed
