#include "loader/sequential_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <seedbed/error.hpp>
#include <system_error>
#include <utility>

namespace seedbed {

namespace {

constexpr std::size_t part_size = 1024 * 1024;
constexpr ::off_t large = 64 * 1024 * 1024;

[[noreturn]] void refuse_file(const std::filesystem::path& path, int error) {
  throw Error(path.string() +
              ": expected a readable file, got: " + std::generic_category().message(error));
}

}  // namespace

SequentialFile::SequentialFile(const std::filesystem::path& path)
    : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  struct stat status {};
  if (file_ < 0 || ::fstat(file_, &status) != 0) refuse_file(path_, errno);
  const bool is_large = status.st_size >= large;
  for (std::size_t i = 0; i < (is_large ? parts : 1); ++i)
    parts_[i].bytes.reset(
        static_cast<std::byte*>(::operator new(part_size, std::align_val_t(alignment))));
  if (!is_large) return;
  if (const int direct = ::open(path.c_str(), O_RDONLY | O_DIRECT | O_CLOEXEC); direct >= 0)
    ::close(std::exchange(file_, direct));
  try {
    reader_ = std::thread([this] { read_ahead(); });
  } catch (const std::system_error&) {  // no memory for one: then in the thread that asks
  }
}

SequentialFile::~SequentialFile() {
  if (reader_.joinable()) {
    is_abandoned_ = true;
    free_.release();
    reader_.join();
  }
  if (file_ >= 0) ::close(file_);
}

/// Short at the end of the file alone.
void SequentialFile::read(Part& part) {
  part.size = 0;
  while (part.size < part_size) {
    const ::ssize_t got = ::read(file_, part.bytes.get() + part.size, part_size - part.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) part.error = errno;
    if (got <= 0) break;
    part.size += static_cast<std::size_t>(got);
    if (part.size % alignment != 0) break;  // only the end is no multiple
  }
}

void SequentialFile::read_ahead() {
  for (std::size_t i = 0;; ++i) {
    free_.acquire();
    if (is_abandoned_) return;
    Part& part = parts_[i % parts];
    read(part);
    full_.release();
    if (part.size == 0 || part.error != 0) return;
  }
}

std::span<const std::byte> SequentialFile::next() {
  if (is_at_end_) return {};
  Part& part = parts_[reader_.joinable() ? number_++ % parts : 0];
  if (!reader_.joinable()) {
    read(part);
  } else {
    if (number_ > 1) free_.release();  // what was looked at
    full_.acquire();
  }
  is_at_end_ = part.size == 0 || part.error != 0;
  if (part.error != 0) refuse_file(path_, part.error);
  return {part.bytes.get(), part.size};
}

}  // namespace seedbed
