#include "cli/manual.hpp"

#include <fmt/format.h>

#include <sstream>
#include <utility>
#include <vector>

#include "cli/arguments.hpp"

namespace seedbed {
namespace {

using Rows = std::vector<std::pair<const char*, const char*>>;

constexpr const char* description =
    "A suite is one TOML file: environment, objective, policy, stages and a sweep. It is checked "
    "whole before the first step; what is missing is run by worker processes, one file for each "
    "replicate; results.h5 is collected from these. Results and tables go to standard output, "
    "progress and messages to standard error.";

const Rows exit_codes = {
    {"0", "done"},
    {"1", "some tasks failed (the others are done and kept), or the system refused something"},
    {"2", "a mistake on the command line or in a suite"},
    {"3", "a plugin is missing or wrong"},
    {"4", "not certified, a law broken, or results that are not reproduced"},
    {"5", "results that are damaged"},
    {"75", "stopped early: run again to continue"},
    {"130, 143", "ended by a second SIGINT or SIGTERM"},
};

const Rows environment = {
    {"SEEDBED_PLUGIN_PATH", "folders of plugins, separated by colons, behind --plugin-path"},
    {"XDG_DATA_HOME", "its seedbed/plugins is searched next; default: ~/.local/share"},
    {"SEEDBED_CPU_LEVEL", "x86-64-v3: no variants of plugins for newer CPUs; the bits are the same"},
    {"NO_COLOR", "no colours on a terminal when it is set and not empty"},
    {"TERM", "no redrawing when it is \"dumb\""},
    {"SLURM_ARRAY_TASK_ID, SLURM_PROCID, OMPI_COMM_WORLD_RANK, PMI_RANK",
     "with their like: what run --slice auto goes by"},
    {"SLURM_CPUS_PER_TASK, SLURM_CPUS_ON_NODE", "bound the default of --jobs"},
};

const Rows file_rows = {
    {"suite.toml", "a suite; a folder that holds one stands for it"},
    {"results/<suite>/results.h5", "what was collected; opens in xarray"},
    {"results/<suite>/runs/", "one file for each replicate; immutable"},
    {"results/<suite>/events.jsonl", "changes of state, one JSON object a line"},
    {"results/<suite>/logs/", "what workers, plugins and batch jobs said"},
    {"results/<suite>/slurm/", "batch scripts of seedbed slurm"},
    {"<prefix>/lib/seedbed/plugins/", "plugins that were installed with the program"},
};

/// A word as roff prints it: no escapes, hyphens that can be searched for.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '-') out += '\\';
    out += c;
    if (c == '\\') out += 'e';
  }
  return out;
}

/// Text in lines of at most 72 characters before escapes, none of which is a request.
std::string filled(const std::string& text) {
  constexpr std::size_t width = 72;
  std::istringstream words(text);
  std::string out, line;
  const auto flush = [&] {
    if (!line.empty() && (line[0] == '.' || line[0] == '\'')) out += "\\&";
    out += plain(line) + "\n";
    line.clear();
  };
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + 1 + word.size() > width) flush();
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty()) flush();
  return out;
}

std::string entry(const std::string& term, const std::string& text) {
  return fmt::format(".TP\n{}\n{}", term, filled(text));
}

std::string bold(const std::string& text) {
  return "\\fB" + plain(text) + "\\fR";
}

std::string section(const std::string& name, const Rows& rows) {
  std::string text = ".SH " + name + "\n";
  for (const auto& [term, meaning] : rows) text += entry(bold(term), meaning);
  return text;
}

std::string entry(const Option& option) {
  std::string term = bold("--" + option.long_name());
  if (!option.letter().empty()) term = bold("-" + option.letter()) + ", " + term;
  if (*option.value) term += " \\fI" + plain(option.value) + "\\fR";
  return entry(term, std::string(option.doc) + (option.repeats ? " (repeatable)" : ""));
}

std::string entry(const Verb& verb) {
  std::string text = fmt::format(".SS \"{}\"\n{}", plain(synopsis(verb)), filled(verb.summary));
  for (const Option& option : options_of(verb))
    if (!option.internal && option.long_name() != "help") text += entry(option);
  return text;
}

}  // namespace

std::string manual() {
  std::string text =
      ".TH SEEDBED 1 2026-11-25 \"Seedbed " SEEDBED_VERSION
      "\" \"User Commands\"\n"
      ".SH NAME\nseedbed \\- policy\\-gradient experiments whose numbers can be trusted\n"
      ".SH SYNOPSIS\n\\fBseedbed\\fR \\fIverb\\fR [\\fIoperand\\fR ...] [\\fIoption\\fR ...]\n"
      ".SH DESCRIPTION\n";
  text += filled(description);
  text += ".SH VERBS\nEvery verb takes \\fB\\-h\\fR, \\fB\\-\\-help\\fR.\n";
  for (const Verb* verb : verbs())
    if (!verb->internal) text += entry(*verb);
  text += section("EXIT STATUS", exit_codes) + section("ENVIRONMENT", environment) +
          section("FILES", file_rows);
  return text;
}

}  // namespace seedbed
