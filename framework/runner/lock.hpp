#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace seedbed {

/// The right to write to a folder of results, until this is destroyed or the process ends, however
/// it ends: a flock of <folder>/.run.lock, exclusive for a whole run, shared by the slices of one.
/// A slice also holds .run.<slice>.lock, exclusively. Who holds it stands in the file, so the
/// message is right on another host, too; what a process that was killed left in it is harmless.
///
/// The workers inherit the descriptors, so that the lock of a run that was killed is free when the
/// last one that might still write has ended, and not before. That is waited for.
class RunLock {
 public:
  /// `slice`: "2-of-4"; "": the whole. Makes the folder. Throws Error (exit 1) that names process
  /// and host of who holds it. Where the file system has no locks it is granted, with a warning.
  RunLock(const std::filesystem::path& folder, const std::string& slice, std::ostream& messages);
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  ~RunLock();

  /// What a process must inherit to hold it, too.
  std::vector<int> descriptors() const;

  /// For a slice that has done its work: true when no other slice is at work any more, and then no
  /// other run can start; of the slices that end, the last one gets it. False: it holds nothing of
  /// the whole any more.
  bool take_whole();

 private:
  int whole_ = -1, slice_ = -1;
};

}  // namespace seedbed
