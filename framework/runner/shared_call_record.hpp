#pragma once
#include "engine/call_record.hpp"

namespace seedbed {

/// A CallRecord in memory that a worker and the process that waits for it both see: it tells what
/// a plugin was doing when the worker died, however it died.
class SharedCallRecord {
 public:
  SharedCallRecord();  ///< Throws Error when the system has no memory for it.
  ~SharedCallRecord();
  SharedCallRecord(const SharedCallRecord&) = delete;
  SharedCallRecord& operator=(const SharedCallRecord&) = delete;

  int descriptor() const { return descriptor_; }  ///< Closed on exec, unless told otherwise.
  const CallRecord& record() const { return *record_; }

  /// In the child: this thread's record is the one behind the descriptor, to the end of its life.
  static void attach(int descriptor);

 private:
  int descriptor_;
  CallRecord* record_;
};

}  // namespace seedbed
