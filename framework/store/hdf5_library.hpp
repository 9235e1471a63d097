#pragma once
#include <string>

namespace seedbed {

/// The HDF5 library that this process runs with.
struct Hdf5Library {
  unsigned major = 0, minor = 0, release = 0;
  bool thread_safe = false;
  std::string version() const;  ///< "1.10.8"
};

Hdf5Library hdf5_library();

}  // namespace seedbed
