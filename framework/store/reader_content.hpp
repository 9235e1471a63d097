#pragma once
// Internal to the store: what a Reader holds.
#include <seedbed/error.hpp>

#include "store/handle.hpp"
#include "store/reader.hpp"

namespace seedbed {

struct Reader::Content {
  std::filesystem::path path;
  std::string name;
  hdf5::Handle file;

  [[noreturn]] void refuse(const std::string& where, const std::string& complaint) const {
    throw Error(name + ": " + where + ": " + complaint, Exit::damaged);
  }
  hdf5::Handle object(const std::string& where) const {
    return hdf5::need(H5Oopen(file.get(), where.c_str(), H5P_DEFAULT), name, where);
  }
  hdf5::Handle dataset(const std::string& where) const {
    return hdf5::need(H5Dopen2(file.get(), where.c_str(), H5P_DEFAULT), name, "dataset " + where);
  }
  hdf5::Handle attribute(const std::string& where, const std::string& attribute) const;
  hdf5::Shape shape_of(const hdf5::Handle& dataset, const std::string& where) const;
  void expect(const hdf5::Handle& dataset, const std::string& where, H5T_class_t expected) const;
  template <class Number>
  std::vector<Number> numbers(const std::string& where, hid_t memory) const;
  template <class Number>
  std::vector<Number> numbers(const std::string& where, hid_t memory, const hdf5::Shape& offset,
                              const hdf5::Shape& count) const;
};

}  // namespace seedbed
