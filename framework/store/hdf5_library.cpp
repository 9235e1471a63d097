#include "store/hdf5_library.hpp"

#include <hdf5.h>

namespace seedbed {

std::string Hdf5Library::version() const {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

Hdf5Library hdf5_library() {
  Hdf5Library library;
  hbool_t safe = 0;
  H5get_libversion(&library.major, &library.minor, &library.release);
  library.thread_safe = H5is_library_threadsafe(&safe) >= 0 && safe;
  return library;
}

}  // namespace seedbed
