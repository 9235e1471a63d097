#pragma once
#include <string>
#include <vector>

namespace seedbed {

class Arguments;  // cli/arguments.hpp

/// One option of the command line. A flag has no value name; `repeats`: may be given several times;
/// `internal`: for the program itself, and in no help, completion or manual.
struct Option {
  const char* name;   ///< "plugin-path", or "quiet,q" with a letter.
  const char* value;  ///< "DIR"; "" for a flag. Says what completion offers (completion.hpp).
  const char* doc;    ///< One line.
  bool repeats = false;
  bool internal = false;

  std::string long_name() const;  ///< "quiet"
  std::string letter() const;     ///< "q"; "" for none
};

/// Options that mean the same wherever they are taken; a verb says which it takes. Every verb takes
/// --help.
enum Common : unsigned {
  takes_none = 0,
  takes_set = 1,
  takes_jobs = 2,
  takes_output = 4,
  takes_plugins = 8,  ///< --plugin-path and --allow-unsafe-plugin-path
  takes_quiet = 16,
  takes_json = 32,
  takes_all = 63
};

/// One verb: verbs/<name>.cpp defines `const Verb <name>_verb` in namespace seedbed, and nothing
/// else is to be edited: CMake lists the files. A `-` in the name is a `_` in the C++ name. Help,
/// completion and manual are made of this table.
struct Verb {
  const char* name;
  const char* operands;         ///< "SUITE", "[PLUGIN]", ... as the usage shows them.
  const char* summary;          ///< One line.
  std::vector<Option> options;  ///< Beside the common ones.
  /// Results to stdout, progress and messages to stderr. Returns the exit code (error.hpp); throws
  /// Error.
  int (*run)(const Arguments& arguments);
  unsigned common = takes_all;  ///< Of Common, those that it takes.
  bool internal = false;        ///< As of an option.
};

/// Every verb, by name.
const std::vector<const Verb*>& verbs();

/// All that a verb takes: its own, then the common ones.
std::vector<Option> options_of(const Verb& verb);

}  // namespace seedbed
