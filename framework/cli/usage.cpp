#include <fmt/format.h>

#include <string>

#include "cli/arguments.hpp"

namespace seedbed {
namespace {

/// "  --plugin-path DIR   Look for plugins there, too"
std::string line(const Option& option) {
  std::string left = "--" + option.long_name();
  if (!option.letter().empty()) left = "-" + option.letter() + ", " + left;
  if (*option.value) left += fmt::format(" {}", option.value);
  return fmt::format("  {:<26} {}{}\n", left, option.doc, option.repeats ? " (repeatable)" : "");
}

}  // namespace

std::string synopsis(const Verb& verb) {
  return fmt::format("{}{}{}", verb.name, *verb.operands ? " " : "", verb.operands);
}

std::string usage(const Verb& verb) {
  std::string text =
      fmt::format("usage: seedbed {} [options]\n\n{}\n\noptions:\n", synopsis(verb), verb.summary);
  for (const Option& option : options_of(verb))
    if (!option.internal) text += line(option);
  return text;
}

std::string usage() {
  std::string text = "usage: seedbed VERB [operands] [options]\n\nverbs:\n";
  for (const Verb* verb : verbs())
    if (!verb->internal) text += fmt::format("  {:<26} {}\n", synopsis(*verb), verb->summary);
  return text + "\nseedbed VERB --help says more; seedbed man is the manual; seedbed --version.\n";
}

}  // namespace seedbed
