#include "runner/shared_call_record.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <seedbed/error.hpp>

namespace seedbed {

namespace {

void* map(int descriptor) {
  void* memory =
      ::mmap(nullptr, sizeof(CallRecord), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (memory == MAP_FAILED)
    throw Error(std::string("worker: expected memory for its record of calls, got: ") +
                    std::strerror(errno),
                Exit::tasks_failed);
  return memory;
}

}  // namespace

SharedCallRecord::SharedCallRecord() : descriptor_(::memfd_create("seedbed-calls", MFD_CLOEXEC)) {
  if (::ftruncate(descriptor_, sizeof(CallRecord)) != 0) {
    ::close(descriptor_);
    descriptor_ = -1;
  }
  record_ = new (map(descriptor_)) CallRecord;
}

SharedCallRecord::~SharedCallRecord() {
  ::munmap(record_, sizeof(CallRecord));
  ::close(descriptor_);
}

void SharedCallRecord::attach(int descriptor) {
  share_call_record(static_cast<CallRecord*>(map(descriptor)));
  ::close(descriptor);
}

}  // namespace seedbed
