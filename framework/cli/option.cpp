#include <utility>

#include "cli/verb.hpp"

namespace seedbed {

std::string Option::long_name() const {
  const std::string both = name;
  return both.substr(0, both.find(','));
}

std::string Option::letter() const {
  const std::string both = name;
  const std::size_t comma = both.find(',');
  return comma == std::string::npos ? "" : both.substr(comma + 1);
}

std::vector<Option> options_of(const Verb& verb) {
  static const std::pair<unsigned, Option> common[] = {
      {takes_set, {"set", "KEY=VALUE", "Change a key of the suite: --set policy.sigma=0.1", true}},
      {takes_jobs, {"jobs,j", "N", "Worker processes; default: one per core of this process"}},
      {takes_output, {"output,o", "DIR", "Folder of the results; default: results/<suite>"}},
      {takes_plugins, {"plugin-path", "DIR", "Look for plugins there first", true}},
      {takes_plugins,
       {"allow-unsafe-plugin-path", "",
        "Load plugins that other users of this machine may write to"}},
      {takes_quiet, {"quiet,q", "", "No progress; results and errors only"}},
      {takes_json, {"json", "", "Results as JSON on stdout"}},
  };
  std::vector<Option> options = verb.options;
  for (const auto& [flag, option] : common)
    if (verb.common & flag) options.push_back(option);
  options.push_back({"help,h", "", "This text"});
  return options;
}

}  // namespace seedbed
