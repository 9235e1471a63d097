#pragma once
#include <filesystem>
#include <string>

namespace seedbed {

/// A folder of files that appears under its name whole or not at all: built as
/// `<path>.partial-<pid>`, fsynced, renamed.
class OutputFolder {
 public:
  /// `mark`: a file that every folder of this kind holds. A folder that is there already is refused
  /// (exit 2), and replaced with `force` if it holds the mark: nothing else is ever deleted. Throws
  /// Error (exit 1) where the folder cannot be made.
  OutputFolder(std::filesystem::path path, const std::string& mark, bool force);
  OutputFolder(const OutputFolder&) = delete;
  ~OutputFolder();  ///< Removes what was not published.

  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& building() const { return building_; }
  void publish();

 private:
  std::filesystem::path path_, building_;
};

}  // namespace seedbed
