#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cli/verb.hpp"
#include "loader/registry.hpp"

namespace seedbed {

/// The command line after the verb, checked against the options that the verb takes.
class Arguments {
 public:
  /// Throws Error: unknown option (with the nearest), missing value.
  Arguments(const Verb& verb, const std::vector<std::string>& words);

  const std::vector<std::string>& operands() const { return operands_; }
  /// Operand `index`; throws Error with the usage when there is none.
  const std::string& operand(std::size_t index) const;
  /// Throws Error with the usage unless there are `least` to `most` operands.
  void expect_operands(std::size_t least, std::size_t most) const;

  /// Of an option that the verb takes; asking for another is a mistake of the programmer
  /// (std::logic_error), here and below.
  bool has(const std::string& option) const;
  /// The last value given, or `fallback`.
  std::string value(const std::string& option, const std::string& fallback = "") const;
  std::vector<std::string> values(const std::string& option) const;
  /// A whole number from `low` up; throws Error otherwise.
  std::uint64_t number(const std::string& option, std::uint64_t fallback,
                       std::uint64_t low = 0) const;
  /// A finite number; throws Error otherwise.
  double real(const std::string& option, double fallback) const;

  /// --plugin-path, the variable, the data home, the installation (loader/registry.hpp), and
  /// whether --allow-unsafe-plugin-path was given.
  SearchPath plugin_path() const;
  /// The options that it follows from, as words for a process that is started.
  std::vector<std::string> plugin_options() const;
  /// --output, else results/<suite>.
  std::filesystem::path output(const std::string& suite) const;

 private:
  void expect_taken(const std::string& option) const;

  const Verb* verb_;
  std::vector<std::string> operands_;
  std::map<std::string, std::vector<std::string>> options_;
};

/// "plan SUITE"
std::string synopsis(const Verb& verb);
/// "usage: seedbed plan SUITE [options]", what it does and every option.
std::string usage(const Verb& verb);
/// The same for the program.
std::string usage();

}  // namespace seedbed
