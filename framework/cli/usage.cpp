#include <fmt/format.h>

#include <string>

#include "cli/arguments.hpp"

namespace seedbed {
namespace {

/// "  --plugin-path DIR   Look for plugins there, too"
std::string line(const Option& option) {
  const std::string name = option.name;
  const std::size_t comma = name.find(',');
  std::string left = "--" + name.substr(0, comma);
  if (comma != std::string::npos) left = "-" + name.substr(comma + 1) + ", " + left;
  if (*option.value) left += fmt::format(" {}", option.value);
  return fmt::format("  {:<22} {}{}\n", left, option.doc, option.repeats ? " (repeatable)" : "");
}

}  // namespace

const std::vector<Option>& common_options() {
  static const std::vector<Option> options = {
      {"set", "KEY=VALUE", "Change a key of the suite: --set policy.sigma=0.1", true},
      {"jobs,j", "N", "Worker processes; default: one per core"},
      {"output,o", "DIR", "Folder of the results; default: results/<suite>"},
      {"plugin-path", "DIR", "Look for plugins there first", true},
      {"allow-unsafe-plugin-path", "",
       "Load plugins that other users of this machine may write to"},
      {"quiet,q", "", "No progress; results and errors only"},
      {"json", "", "Results as JSON on stdout"},
      {"help,h", "", "This text"},
  };
  return options;
}

std::string usage(const Verb& verb) {
  std::string text = fmt::format("usage: seedbed {}{}{} [options]\n\n{}\n\noptions:\n", verb.name,
                                 *verb.operands ? " " : "", verb.operands, verb.summary);
  for (const Option& option : verb.options) text += line(option);
  for (const Option& option : common_options()) text += line(option);
  return text;
}

std::string usage() {
  std::string text = "usage: seedbed VERB [operands] [options]\n\nverbs:\n";
  for (const Verb* verb : verbs())
    text +=
        fmt::format("  {:<22} {}\n",
                    fmt::format("{}{}{}", verb->name, *verb->operands ? " " : "", verb->operands),
                    verb->summary);
  return text + "\nseedbed VERB --help says more; seedbed --version says which.\n";
}

}  // namespace seedbed
