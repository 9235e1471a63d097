#pragma once
#include <memory>
#include <string>

#include "runner/crew.hpp"

namespace seedbed {

/// One worker process and the line to it. Started at the first task, and again after it died.
class WorkerProcess {
 public:
  WorkerProcess(const WorkerCommand& command, unsigned number);
  ~WorkerProcess();  ///< Lets it go and waits for it.

  Outcome run(std::size_t index, const std::string& id);

 private:
  struct Running;
  void start();
  Outcome died(std::string how);

  const WorkerCommand& command_;
  unsigned number_;
  bool restarted_ = false;  ///< Then its log goes on.
  std::unique_ptr<Running> running_;
};

}  // namespace seedbed
