#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace seedbed {

/// A folder of its own below the folder of temporary files; gone with this object.
class WorkFolder {
 public:
  WorkFolder();  ///< Throws Error when none can be made.
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Work that calls plugins is done by this very program in a process of its own, started as a
/// worker is (runner/worker_process.hpp), so that a plugin that crashes is a message.
struct ChildCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments;  ///< Verb, operand, and --child with the work folder.
  std::uint64_t seconds = 0;           ///< Wall time that it may take; 0: no limit.
};

/// Starts it and waits. Throws the Error that it ended with, or one (exit 3) that says which plugin
/// call it died in and the last that was printed. Gives its warnings.
std::vector<std::string> run_child(const ChildCommand& command, const WorkFolder& folder);

/// In the child: does the work when asked to, once. What it throws is for the parent; what it or a
/// plugin prints goes to standard error. Returns the exit code of the process.
int serve_parent(const std::filesystem::path& folder,
                 const std::function<std::vector<std::string>()>& work);

}  // namespace seedbed
