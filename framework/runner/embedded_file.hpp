#pragma once
#include <map>
#include <string>

#include "engine/configuration.hpp"

namespace seedbed {

/// A file that a parameter names, as it was read.
struct EmbeddedFile {
  std::string name;  ///< As the suite wrote it first.
  std::string contents;
};

/// The contents of file parameters, each once, by SHA-256: what a resolved configuration says
/// "sha256:<hash>" for.
class EmbeddedFiles {
 public:
  /// Those of all plugins of a configuration, components included.
  void add(const Configuration& configuration);

  /// {"<sha256>": {"name": ..., "text": ...}}, or "base64" for what is not text in UTF-8.
  std::string json() const;
  /// The same read back; throws Error (exit 5) when contents and hash do not agree. `where` names
  /// the file that the text is from.
  static std::map<std::string, EmbeddedFile> parse(const std::string& json,
                                                   const std::string& where);

 private:
  void add(const Setting& setting);
  std::map<std::string, EmbeddedFile> files_;
};

}  // namespace seedbed
