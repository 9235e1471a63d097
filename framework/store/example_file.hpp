#pragma once
// For the tests of the store: a small file, and files as strings of bytes.
#include <fstream>
#include <iterator>

#include "store/writer.hpp"

namespace seedbed {

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void overwrite(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// x[i][j] over 3 labels and a growing dimension of `rows`.
inline void write_example(const std::filesystem::path& path, std::int64_t rows) {
  Writer writer(path);
  writer.scale("/g/label", std::vector<std::string>{"a", "b\xc3\xa9", "c"}, {"1", "a label"});
  writer.growing_scale("/g/n", {"1", "a number"});
  writer.growing("/g/x", Writer::Kind::real, {"n", "label"}, {"m", "a length"});
  writer.growing("/g/k", Writer::Kind::integer, {"n"}, {"1", "a count"});
  for (std::int64_t n = 0; n < rows; ++n) {
    const auto x = static_cast<double>(n);
    writer.append("/g/n", std::span<const std::int64_t>(&n, 1));
    writer.append("/g/k", std::span<const std::int64_t>(&n, 1));
    writer.append("/g/x", std::vector<double>{x, x + 0.25, x + 0.5});
  }
  writer.show("/g", "x", {"n", "."});
  writer.text("/provenance/empty", "", "nothing");
  writer.publish();
}

}  // namespace seedbed
