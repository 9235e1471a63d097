#include "proof/crate_uri.hpp"

#include <fmt/format.h>

#include <cstring>
#include <map>

namespace seedbed {

std::string uri_of(const std::string& path) {
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || std::strchr("-._~/=,+@", c))
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

std::string path_of(const std::string& uri) {
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] != '%') {
      path += uri[i];
      continue;
    }
    const std::string digits = uri.substr(i + 1, 2);
    if (digits.size() != 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos)
      return "";
    path += static_cast<char>(std::stoi(digits, nullptr, 16));
    i += 2;
  }
  return path;
}

std::string media_type_of(const std::string& path) {
  static const std::map<std::string, std::string> types = {
      {"h5", "application/x-hdf5"}, {"toml", "application/toml"}, {"json", "application/json"},
      {"svg", "image/svg+xml"},     {"html", "text/html"},        {"csv", "text/csv"},
      {"txt", "text/plain"},        {"md", "text/markdown"},      {"png", "image/png"}};
  const auto dot = path.rfind('.');
  const auto found = dot == std::string::npos ? types.end() : types.find(path.substr(dot + 1));
  return found == types.end() ? "application/octet-stream" : found->second;
}

}  // namespace seedbed
