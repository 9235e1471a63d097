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
    write(text_type(), text_type(), dataspace({}), &data);
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
    write(text_type(), text_type(), dataspace({data.size()}), data.data());
  }
};

}  // namespace

void PartialFile::write_attributes(const Layout& layout) {
  std::map<std::string, Handle> groups;
  const auto opened = [&](const std::string& object) {
    if (const auto dataset = datasets_.find(object); dataset != datasets_.end())
      return dataset->second.get();
    Handle& group = groups[object];
    if (!group) {
      make_group(object);
      group = need(H5Gopen2(file(), object.c_str(), H5P_DEFAULT), name_, "group " + object);
    }
    return group.get();
  };
  for (const auto& [object, attribute, value] : layout.attributes)
    std::visit(ToFile{opened(object), name_, attribute}, value);
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
  check(H5Aread(attribute.get(), text_type(), &data), content_->name, "attribute " + name);
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
