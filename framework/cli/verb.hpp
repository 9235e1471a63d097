#pragma once
#include <vector>

namespace seedbed {

class Arguments;  // cli/arguments.hpp

/// One option of the command line. A flag has no value name; `repeats`: may be given several times.
struct Option {
  const char* name;   ///< "plugin-path", or "quiet,q" with a letter.
  const char* value;  ///< "DIR"; "" for a flag.
  const char* doc;    ///< One line.
  bool repeats = false;
};

/// One verb: verbs/<name>.cpp defines `const Verb <name>_verb` in namespace seedbed, and nothing
/// else is to be edited: CMake lists the files. A `-` in the name is a `_` in the C++ name.
struct Verb {
  const char* name;
  const char* operands;         ///< "SUITE", "[NAME]", ... as the usage shows them.
  const char* summary;          ///< One line.
  std::vector<Option> options;  ///< Beside the common ones (common_options).
  /// Results to stdout, progress and messages to stderr. Returns the exit code (error.hpp); throws
  /// Error.
  int (*run)(const Arguments& arguments);
};

/// Every verb, by name.
const std::vector<const Verb*>& verbs();

/// --set, --jobs, --output, --plugin-path, --allow-unsafe-plugin-path, --quiet, --json, --help.
const std::vector<Option>& common_options();

}  // namespace seedbed
