// What is in a file: the part of Reader that reads names and labels, and no data.
#include "store/reader_content.hpp"
#include "store/seal.hpp"

namespace seedbed {

using namespace hdf5;

namespace {

herr_t keep_link(hid_t, const char* name, const H5L_info_t* info, void* names) {
  if (info->type == H5L_TYPE_HARD) static_cast<std::vector<std::string>*>(names)->push_back(name);
  return 0;
}

herr_t keep_attribute(hid_t, const char* name, const H5A_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->push_back(name);
  return 0;
}

// Rationale: a scale's NAME is the leaf of its path, and the path (H5Iget_name of a reference) is
// found by a walk over the whole file.
herr_t keep_scale(hid_t, unsigned, hid_t scale, void* name) {
  const ssize_t size = H5DSget_scale_name(scale, nullptr, 0);
  if (size <= 0) return 1;
  std::string leaf(static_cast<std::size_t>(size) + 1, '\0');
  H5DSget_scale_name(scale, leaf.data(), leaf.size());
  leaf.pop_back();
  *static_cast<std::string*>(name) = leaf;
  return 1;  // the first scale is enough
}

Reader::Type type_of_dataset(const Handle& dataset) {
  const Handle type(H5Dget_type(dataset.get()));
  switch (H5Tget_class(type.get())) {
    case H5T_FLOAT: return Reader::Type::real;
    case H5T_INTEGER: return Reader::Type::integer;
    case H5T_STRING: return Reader::Type::text;
    default: return Reader::Type::other;
  }
}

}  // namespace

Reader::Type Reader::type(const std::string& path) const {
  for (auto slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (part != "/" && H5Lexists(content_->file.get(), part.c_str(), H5P_DEFAULT) <= 0)
      return Type::other;
    if (slash == std::string::npos) break;
  }
  const Handle object = content_->object(path);
  const H5I_type_t kind = H5Iget_type(object.get());
  if (kind == H5I_GROUP) return Type::group;
  return kind == H5I_DATASET ? type_of_dataset(object) : Type::other;
}

bool Reader::is_scale(const std::string& path) const {
  return H5DSis_scale(content_->dataset(path).get()) > 0;
}

std::vector<std::string> Reader::names(const std::string& group) const {
  std::vector<std::string> names;
  const Handle opened = need(H5Gopen2(content_->file.get(), group.c_str(), H5P_DEFAULT),
                             content_->name, "group " + group);
  if (H5Literate(opened.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep_link, &names) >= 0)
    return names;
  names.clear();  // a group of another program, without the order
  check(H5Literate(opened.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, keep_link, &names),
        content_->name, "the names in " + group);
  return names;
}

std::vector<std::string> Reader::datasets(const std::string& group) const {
  std::vector<std::string> paths;
  for (const std::string& name : names(group)) {
    const std::string path = (group == "/" ? "" : group) + "/" + name;
    if (type(path) == Type::group) {
      const auto below = datasets(path);
      paths.insert(paths.end(), below.begin(), below.end());
    } else {
      paths.push_back(path);
    }
  }
  return paths;
}

std::vector<std::string> Reader::dimensions(const std::string& path) const {
  const Handle dataset = content_->dataset(path);
  const auto rank = static_cast<unsigned>(content_->shape_of(dataset, path).size());
  std::vector<std::string> names(rank);
  if (H5DSis_scale(dataset.get()) > 0) {
    if (rank == 1) names[0] = path.substr(path.rfind('/') + 1);
    return names;
  }
  for (unsigned i = 0; i < rank; ++i)
    H5DSiterate_scales(dataset.get(), i, nullptr, keep_scale, &names[i]);
  return names;
}

std::vector<std::string> Reader::attribute_names(const std::string& object) const {
  std::vector<std::string> names;
  const Handle opened = content_->object(object);
  check(H5Aiterate2(opened.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, keep_attribute, &names),
        content_->name, "the attributes of " + object);
  return names;
}

std::optional<std::string> task_id_of(const std::filesystem::path& path) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem) && !problem) return std::nullopt;
  const std::string task = check_seal(path);
  if (task.empty())
    throw Error(path.string() + ": expected a run file with @task, got another result file",
                Exit::damaged);
  return task;
}

}  // namespace seedbed
