#include "store/seal.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <seedbed/error.hpp>
#include <system_error>

namespace seedbed {

namespace {

using Bytes = std::vector<char>;
constexpr char magic[8] = {'S', 'E', 'A', 'L', 'E', 'D', '0', '1'};
constexpr char hdf5_signature[8] = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};

struct Footer {
  std::uint64_t extents = 0, label_size = 0, hdf5_size = 0, checksum = 0;
  char magic[8] = {};
};

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& got) {
  throw Error(path.string() + ": expected a whole result file of Seedbed, got " + got,
              Exit::damaged);
}

Bytes read(std::istream& file, std::uint64_t offset, std::uint64_t size) {
  Bytes bytes(size);
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  return bytes;
}

Bytes bytes_of(const std::vector<Extent>& extents) {
  Bytes bytes(extents.size() * sizeof(Extent));
  if (!bytes.empty()) std::memcpy(bytes.data(), extents.data(), bytes.size());
  return bytes;
}

// Of the file up to `size` without its numbers, of the list of extents and of the label.
std::uint64_t checksum(std::istream& file, std::uint64_t size, const std::vector<Extent>& numbers,
                       const std::string& label) {
  uLong crc = 0;
  const auto take = [&](const auto& bytes) {
    if (!bytes.empty())  // zlib begins anew where there are none
      crc = crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  };
  std::uint64_t from = 0;
  for (const Extent& extent : numbers) {
    take(read(file, from, extent.offset - from));
    from = extent.offset + extent.size;
  }
  take(read(file, from, size - from));
  take(bytes_of(numbers));
  take(label);
  return crc;
}

std::vector<Extent> merged(std::vector<Extent> extents) {
  std::ranges::sort(extents, {}, &Extent::offset);
  std::vector<Extent> result;
  for (const Extent& each : extents) {
    if (!result.empty() && result.back().offset + result.back().size == each.offset)
      result.back().size += each.size;
    else
      result.push_back(each);
  }
  return result;
}

bool lie_within(const std::vector<Extent>& extents, std::uint64_t size) {
  std::uint64_t end = 0;
  for (const Extent& each : extents) {
    if (each.offset < end || each.offset > size || each.size > size - each.offset) return false;
    end = each.offset + each.size;
  }
  return true;
}

[[noreturn]] void refuse_seal(const std::filesystem::path& path) {
  throw Error(path.string() + ": expected to write its seal, got \"" +
                  std::generic_category().message(errno ? errno : EIO) + "\"",
              Exit::damaged);
}

/// Throws unless `path` is an ordinary file: opening a pipe would wait for ever.
void expect_file(const std::filesystem::path& path) {
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  if (problem) refuse(path, '"' + problem.message() + '"');
  if (is_directory(status)) refuse(path, "a folder");
  if (!is_regular_file(status)) refuse(path, "something that is not a file");
}

// Why a file without a footer has none.
std::string what_it_is(std::istream& file, std::uint64_t size) {
  if (size == 0) return "an empty file";
  const Bytes head = read(file, 0, std::min<std::uint64_t>(size, sizeof hdf5_signature));
  if (head.size() == sizeof hdf5_signature &&
      std::memcmp(head.data(), hdf5_signature, head.size()) == 0)
    return "an HDF5 file that is cut short or of another program";
  return "a file that is not HDF5";
}

}  // namespace

void seal(const std::filesystem::path& path, std::vector<Extent> numbers,
          const std::string& label) {
  const auto size = std::filesystem::file_size(path);
  numbers = merged(std::move(numbers));
  errno = 0;
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  if (!file) refuse_seal(path);
  Footer footer{numbers.size(), label.size(), size, checksum(file, size, numbers, label), {}};
  std::memcpy(footer.magic, magic, sizeof magic);
  const Bytes list = bytes_of(numbers);
  errno = 0;
  file.seekp(static_cast<std::streamoff>(size));
  file.write(list.data(), static_cast<std::streamsize>(list.size()));
  file.write(label.data(), static_cast<std::streamsize>(label.size()));
  file.write(reinterpret_cast<const char*>(&footer), sizeof footer);
  file.close();
  if (!file) refuse_seal(path);
}

namespace {

struct Sealed {
  std::ifstream file;
  Footer footer;
  std::uint64_t list_size = 0;
  std::string label;
};

Sealed open_sealed(const std::filesystem::path& path) {
  expect_file(path);
  std::error_code problem;
  const auto size = std::filesystem::file_size(path, problem);
  Sealed sealed{std::ifstream(path, std::ios::binary), {}, 0, {}};
  std::istream& file = sealed.file;
  Footer& footer = sealed.footer;
  if (!problem && !file) problem.assign(errno, std::generic_category());
  if (problem) refuse(path, '"' + problem.message() + '"');
  if (size < sizeof(Footer)) refuse(path, what_it_is(file, size));
  std::memcpy(&footer, read(file, size - sizeof footer, sizeof footer).data(), sizeof footer);
  if (std::memcmp(footer.magic, magic, sizeof magic) != 0) refuse(path, what_it_is(file, size));
  const std::uint64_t body = size - sizeof footer;
  sealed.list_size = footer.extents * sizeof(Extent);
  if (footer.extents > body / sizeof(Extent) || footer.label_size > body - sealed.list_size ||
      footer.hdf5_size != body - sealed.list_size - footer.label_size)
    refuse(path, "a damaged one (its seal does not fit its size)");
  const Bytes text = read(file, footer.hdf5_size + sealed.list_size, footer.label_size);
  sealed.label.assign(text.begin(), text.end());
  return sealed;
}

}  // namespace

std::string sealed_label(const std::filesystem::path& path) {
  return open_sealed(path).label;
}

std::string check_seal(const std::filesystem::path& path) {
  Sealed sealed = open_sealed(path);
  const Footer& footer = sealed.footer;
  std::vector<Extent> numbers(footer.extents);
  const Bytes list = read(sealed.file, footer.hdf5_size, sealed.list_size);
  if (!list.empty()) std::memcpy(numbers.data(), list.data(), list.size());
  if (!lie_within(numbers, footer.hdf5_size) ||
      checksum(sealed.file, footer.hdf5_size, numbers, sealed.label) != footer.checksum ||
      !sealed.file)
    refuse(path, "a damaged one (its checksum differs)");
  return sealed.label;
}

}  // namespace seedbed
