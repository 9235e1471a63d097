#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace seedbed {

/// Who has locked something: a JSON object in the file that is locked.
struct LockHolder {
  std::string host = "?";
  pid_t pid = 0;
  std::string since = "?", command = "?";

  static LockHolder here();  ///< This process, since now.
  /// As it stands in that file; nothing: its holder has not said.
  static std::optional<LockHolder> in(const std::filesystem::path& file);

  bool is_here() const;  ///< On this machine, where it can be seen whether it has ended.
  std::string to_json() const;
  /// "process 4711 on host x since ... (command)"
  std::string text() const;
  /// It is of this host and has ended: what is still locked is so by workers that are ending.
  bool has_ended() const;
};

}  // namespace seedbed
