#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "export/csv.hpp"
#include "export/minari.hpp"
#include "loader/nearest.hpp"

namespace seedbed {

namespace {

namespace fs = std::filesystem;

/// Beside the file: r0007.h5 to r0007-csv, a folder to <folder>/minari.
fs::path output_of(const Arguments& arguments, const fs::path& input, const std::string& suffix) {
  if (arguments.has("output")) return arguments.value("output");
  return input.parent_path() / (input.stem().string() + suffix);
}

void print(const std::vector<MinariDataset>& made, bool json) {
  auto all = nlohmann::ordered_json::array();
  for (const MinariDataset& each : made) {
    all.push_back(
        {{"dataset", each.folder.string()}, {"episodes", each.episodes}, {"steps", each.steps}});
    if (!json)
      fmt::print("{}: {} episodes, {} steps\n", each.folder.string(), each.episodes, each.steps);
  }
  if (json) fmt::print("{}\n", all.dump(2));
}

int to_minari(const Arguments& arguments, const fs::path& input) {
  const bool force = arguments.has("force"), json = arguments.has("json");
  if (fs::is_directory(input)) {
    const fs::path output =
        arguments.has("output") ? fs::path(arguments.value("output")) : input / "minari";
    print(export_minari_folder(input, output, force), json);
  } else {
    print({export_minari(input, output_of(arguments, input, "-minari-v0"), "", force)}, json);
  }
  return 0;
}

int to_csv(const Arguments& arguments, fs::path input) {
  if (fs::is_directory(input)) input /= "results.h5";
  const fs::path output = output_of(arguments, input, "-csv");
  export_csv(input, output, arguments.has("force"));
  if (arguments.has("json"))
    fmt::print("{}\n", nlohmann::ordered_json{{"tables", output.string()}}.dump(2));
  else
    fmt::print("{}\n", output.string());
  return 0;
}

int export_body(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const fs::path input = arguments.operand(0);
  const std::string to = arguments.value("to");
  if (to != "csv" && to != "minari") {
    const std::string near = nearest(to, {"csv", "minari"});
    throw Error(fmt::format("seedbed export: --to: expected csv or minari, got {}{}",
                            to.empty() ? "nothing" : "'" + to + "'",
                            near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
  if (!fs::exists(input))
    throw Error(
        fmt::format("{}: expected a result file or a results folder, got nothing of this "
                    "name",
                    input.string()));
  return to == "csv" ? to_csv(arguments, input) : to_minari(arguments, input);
}

}  // namespace

extern const Verb export_verb;
const Verb export_verb{
    "export",
    "FILE",
    "Write a run file, results.h5 or a results folder for other programs",
    {{"to", "csv|minari", "csv: a table per file; minari: a dataset of the episodes"},
     {"force", "", "Replace an earlier export of this name"}},
    export_body,
    takes_output | takes_json};

}  // namespace seedbed
