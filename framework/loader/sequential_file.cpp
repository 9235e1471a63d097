#include "loader/sequential_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <seedbed/error.hpp>
#include <system_error>

namespace seedbed {

namespace {

constexpr std::size_t part = 4 * 1024 * 1024;
constexpr ::off_t large = 64 * 1024 * 1024;

[[noreturn]] void refuse_file(const std::filesystem::path& path) {
  throw Error(path.string() +
              ": expected a readable file, got: " + std::generic_category().message(errno));
}

}  // namespace

SequentialFile::SequentialFile(const std::filesystem::path& path)
    : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  struct stat status {};
  if (file_ < 0 || ::fstat(file_, &status) != 0) refuse_file(path_);
  is_large_ = status.st_size >= large;
  at_hand_ = make_buffer();
  if (!is_large_) return;
  if (const int direct = ::open(path.c_str(), O_RDONLY | O_DIRECT | O_CLOEXEC); direct >= 0)
    ::close(std::exchange(file_, direct));
  coming_ = make_buffer();
  begin_reading();
}

SequentialFile::~SequentialFile() {
  if (size_of_coming_.valid()) size_of_coming_.wait();
  if (file_ >= 0) ::close(file_);
}

SequentialFile::Buffer SequentialFile::make_buffer() {
  return Buffer(static_cast<std::byte*>(::operator new(part, std::align_val_t(alignment))));
}

/// Short at the end of the file alone.
std::size_t SequentialFile::read(std::byte* to) {
  std::size_t size = 0;
  while (size < part) {
    const ::ssize_t got = ::read(file_, to + size, part - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse_file(path_);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size % alignment != 0) break;  // only the end is no multiple
  }
  return size;
}

void SequentialFile::begin_reading() {
  size_of_coming_ = std::async(std::launch::async, [this] { return read(coming_.get()); });
}

std::span<const std::byte> SequentialFile::next() {
  if (!is_large_) return {at_hand_.get(), read(at_hand_.get())};
  if (!size_of_coming_.valid()) return {};
  const std::size_t size = size_of_coming_.get();
  std::swap(at_hand_, coming_);
  if (size > 0) begin_reading();
  return {at_hand_.get(), size};
}

}  // namespace seedbed
