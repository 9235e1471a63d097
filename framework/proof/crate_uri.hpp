#pragma once
#include <string>

namespace seedbed {

/// A path below the crate as an @id (a relative URI), and back; "" for what is no such @id.
std::string uri_of(const std::string& path);
std::string path_of(const std::string& uri);

/// "application/x-hdf5", by the end of the name.
std::string media_type_of(const std::string& path);

}  // namespace seedbed
