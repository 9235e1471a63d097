// How attributes reach the file and come back: scalars, and arrays of strings.
#include "store/partial_file.hpp"
#include "store/reader_content.hpp"

namespace seedbed {

using namespace hdf5;

namespace {

struct ToFile {
  hid_t object;
  const std::string& file;
  const std::string& name;

  void write(hid_t type, hid_t memory, const Handle& space, const void* data) const {
    const Handle attribute =
        need(H5Acreate2(object, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT), file,
             "to create attribute " + name);
    check(H5Awrite(attribute.get(), memory, data), file, "to write attribute " + name);
  }
  void operator()(const std::string& text) const {
    const char* data = text.c_str();
    const Handle type = text_type();
    write(type.get(), type.get(), dataspace({}), &data);
  }
  void operator()(double number) const {
    write(H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, dataspace({}), &number);
  }
  void operator()(std::int64_t number) const {
    write(H5T_STD_I64LE, H5T_NATIVE_INT64, dataspace({}), &number);
  }
  void operator()(const std::vector<std::string>& texts) const {
    if (texts.empty()) return;
    std::vector<const char*> data;
    for (const std::string& text : texts) data.push_back(text.c_str());
    const Handle type = text_type();
    write(type.get(), type.get(), dataspace({data.size()}), data.data());
  }
};

}  // namespace

void PartialFile::write_attributes(const Layout& layout) {
  const std::set<std::string> datasets(layout.datasets.begin(), layout.datasets.end());
  for (const auto& [object, attribute, value] : layout.attributes) {
    if (!datasets.contains(object) && !object.starts_with("/state/")) make_group(object);
    const Handle opened = need(H5Oopen(file(), object.c_str(), H5P_DEFAULT), name_, object);
    std::visit(ToFile{opened.get(), name_, attribute}, value);
  }
}

Handle Reader::Content::attribute(const std::string& where, const std::string& attribute) const {
  const Handle owner = object(where);
  const htri_t exists = H5Aexists(owner.get(), attribute.c_str());
  if (exists == 0) return Handle();
  if (exists < 0) fail(name, "attributes of " + where);
  return need(H5Aopen(owner.get(), attribute.c_str(), H5P_DEFAULT), name, "attribute " + attribute);
}

std::optional<std::string> Reader::text_attribute(const std::string& object,
                                                  const std::string& name) const {
  const Handle attribute = content_->attribute(object, name);
  if (!attribute) return std::nullopt;
  const Handle type(H5Aget_type(attribute.get())), space(H5Aget_space(attribute.get()));
  if (H5Tis_variable_str(type.get()) <= 0 || H5Sget_simple_extent_npoints(space.get()) != 1)
    return std::nullopt;
  char* data = nullptr;
  const Handle memory = text_type();
  check(H5Aread(attribute.get(), memory.get(), &data), content_->name, "attribute " + name);
  std::string text = data ? data : "";
  H5free_memory(data);
  return text;
}

std::optional<double> Reader::real_attribute(const std::string& object,
                                             const std::string& name) const {
  const Handle attribute = content_->attribute(object, name);
  if (!attribute) return std::nullopt;
  const Handle type(H5Aget_type(attribute.get())), space(H5Aget_space(attribute.get()));
  const H5T_class_t kind = H5Tget_class(type.get());
  if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || H5Sget_simple_extent_npoints(space.get()) != 1)
    return std::nullopt;
  double number = 0;
  check(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, &number), content_->name, "attribute " + name);
  return number;
}

}  // namespace seedbed
