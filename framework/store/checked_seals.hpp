#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace seedbed {

/// The seals of the run files below a folder, each checked once: a file that is as it was when its
/// seal was checked (inode, size, times of the last change of contents and of anything) is not
/// opened again. So ten thousand finished tasks are known in milliseconds.
///
/// What is known lies in <folder>/.seals, which only makes this faster: a missing, cut or damaged
/// one costs checking every seal again.
class CheckedSeals {
 public:
  explicit CheckedSeals(std::filesystem::path folder);

  /// As task_id_of (reader.hpp), of a file below the folder.
  std::optional<std::string> task_id_of(const std::string& file);

  /// Writes what is known, beside what others have written since. Quiet where it cannot.
  void publish() const;

 private:
  struct Print {
    std::uint64_t inode = 0, size = 0, contents_ns = 0, change_ns = 0;
    bool operator==(const Print&) const = default;
  };
  struct Seal {
    Print print;
    std::string task;
  };
  using Seals = std::map<std::string, Seal, std::less<>>;
  static std::optional<Print> print_of(const std::filesystem::path& path);
  static Seals read(const std::filesystem::path& path);

  std::filesystem::path folder_;
  Seals known_;
};

}  // namespace seedbed
