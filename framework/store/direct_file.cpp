#include "store/direct_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <seedbed/error.hpp>
#include <system_error>

#include "store/block.hpp"

namespace seedbed {

using hdf5::direct_unit;

DirectFile::~DirectFile() {
  if (file_ >= 0) ::close(file_);
}

bool DirectFile::open() {
  if (file_ < 0 && !is_refused_) file_ = ::open(path_.c_str(), O_WRONLY | O_DIRECT | O_CLOEXEC);
  is_refused_ = file_ < 0;
  return !is_refused_;
}

bool DirectFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
  if ((offset | bytes.size() | address) % direct_unit != 0 || !open()) return false;
  while (!bytes.empty()) {
    const ::ssize_t written =
        ::pwrite(file_, bytes.data(), bytes.size(), static_cast<::off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EINVAL) return !(is_refused_ = true);
    if (written <= 0)
      throw Error(path_.string() + ": expected to write to it, got \"" +
                      std::generic_category().message(written < 0 ? errno : ENOSPC) + "\"",
                  Exit::damaged);
    offset += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace seedbed
