#pragma once
#include <filesystem>

#include "store/reader.hpp"

namespace seedbed {

/// Reads every dataset, attribute and label of a result file. Throws Error (exit 5).
inline void read_whole(const std::filesystem::path& path) {
  const Reader file(path);
  const auto read_attributes = [&](const std::string& object) {
    for (const std::string& name : file.attribute_names(object)) {
      file.text_attribute(object, name);
      file.real_attribute(object, name);
    }
  };
  read_attributes("/");
  for (const std::string& dataset : file.datasets()) {
    read_attributes(dataset);
    file.dimensions(dataset);
    const auto type = file.type(dataset);
    if (type == Reader::Type::text) file.texts(dataset);
    if (type == Reader::Type::integer) file.integers(dataset);
    if (type == Reader::Type::real) file.reals(dataset);
  }
}

}  // namespace seedbed
