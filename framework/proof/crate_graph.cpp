#include "proof/crate_graph.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

#include "proof/crate_uri.hpp"
#include "runner/change.hpp"
#include "store/reader.hpp"
#include "suite/document.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* base = "https://w3id.org/ro/crate/1.1";
constexpr const char* profile = "https://w3id.org/ro/wfrun/process/0.5";
constexpr const char* terms = "https://w3id.org/ro/terms/workflow-run/context";

Json id(const std::string& text) {
  return {{"@id", text}};
}

/// What the crate says of the run.
struct Run {
  std::string title, question, license, command, version, start, end;
  Json plugins = Json::object(), inputs = Json::object();
};

std::string utc(double seconds) {
  const auto whole = static_cast<std::time_t>(std::floor(seconds));
  std::tm time{};
  ::gmtime_r(&whole, &time);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &time);
  return text;
}

/// The times of the first and of the last event.
void read_times(const fs::path& events, Run& run) {
  std::ifstream file(events);
  for (std::string line; std::getline(file, line);) {
    const Json event = Json::parse(line, nullptr, false);
    if (!event.is_object() || !event.contains("time") || !event["time"].is_number()) continue;
    run.end = utc(event["time"].get<double>());
    if (run.start.empty()) run.start = run.end;
  }
}

std::string string_in(const Node& suite, const char* key) {
  const Node* found = suite.find(key);
  return found && found->is(Node::Type::string) ? found->text : "";
}

Json parsed(const Texts& texts, const char* name) {
  const Json json = Json::parse(text_of(texts, name), nullptr, false);
  return json.is_discarded() ? Json::object() : json;
}

Run read_run(const fs::path& folder, const Inventory& files) {
  const Reader results(folder / "results.h5");
  const Texts texts = provenance_in(results);
  Run run;
  const Node suite = parse_document("suite.toml", text_of(texts, "suite"));
  run.title = results.text_attribute("/", "title").value_or(folder.filename().string());
  run.question = string_in(suite, "question");
  run.license = string_in(suite, "license");
  run.command = "seedbed run suite.toml";
  for (const Json& setting : parsed(texts, "overrides")) run.command += " --set " + setting.dump();
  run.version = parsed(texts, "build").value("version", "");
  run.plugins = parsed(texts, "plugins");
  run.inputs = parsed(texts, "files");
  read_times(folder / "events.jsonl", run);
  if (run.end.empty()) run.end = files.at("results.h5").modified;
  return run;
}

void add_license(const Run& run, Json& root, Json& graph) {
  if (run.license.empty()) return;
  const bool is_address = run.license.starts_with("http");
  const std::string name = is_address ? run.license : "#license";
  root["license"] = id(name);
  graph.push_back({{"@id", name}, {"@type", "CreativeWork"}, {"name", run.license}});
}

Json root_of(const Run& run, const Inventory& files, const std::string& action) {
  Json parts = Json::array();
  for (const auto& [path, entry] : files) parts.push_back(id(uri_of(path)));
  return {{"@id", "./"},
          {"@type", "Dataset"},
          {"conformsTo", id(profile)},
          {"name", run.title},
          {"description", run.question.empty() ? "Results of a suite of policy-gradient experiments"
                                               : run.question},
          {"datePublished", run.end},
          {"hasPart", parts},
          {"mentions", id(action)}};
}

void add_software(const Run& run, Json& graph) {
  Json parts = Json::array(), plugins = Json::array();
  for (const auto& [file, library] : run.plugins.items()) {
    parts.push_back(id("#plugin-" + uri_of(file)));
    std::string uses;
    for (const Json& use : library.value("uses", Json::array()))
      uses += (uses.empty() ? "" : ", ") + use.get<std::string>();
    plugins.push_back({{"@id", "#plugin-" + uri_of(file)},
                       {"@type", "SoftwareApplication"},
                       {"name", file},
                       {"description", uses},
                       {"softwareVersion", library.value("version", "")},
                       {"sha256", library.value("sha256", "")}});
  }
  graph.push_back({{"@id", "#seedbed"},
                   {"@type", "SoftwareApplication"},
                   {"name", "Seedbed"},
                   {"softwareVersion", run.version},
                   {"hasPart", parts}});
  for (Json& plugin : plugins) graph.push_back(std::move(plugin));
}

/// The suite and the files of its parameters, which are embedded in results.h5, went in; all else
/// came out.
void add_action(const Run& run, const Inventory& files, const std::string& name, Json& graph) {
  Json objects = Json::array(), results = Json::array(), inputs = Json::array();
  for (const auto& [path, entry] : files)
    (path == "suite.toml" ? objects : results).push_back(id(uri_of(path)));
  for (const auto& [hash, file] : run.inputs.items()) {
    objects.push_back(id("#file-" + hash.substr(0, 16)));
    inputs.push_back({{"@id", "#file-" + hash.substr(0, 16)},
                      {"@type", "CreativeWork"},
                      {"name", file.value("name", "")},
                      {"description", "Its contents are in /provenance/files of results.h5"},
                      {"sha256", hash}});
  }
  Json action{{"@id", name},
              {"@type", "CreateAction"},
              {"name", "Run of " + run.title},
              {"description", run.command}};
  if (!run.start.empty()) action["startTime"] = run.start;
  action.update({{"endTime", run.end},
                 {"instrument", id("#seedbed")},
                 {"object", objects},
                 {"result", results},
                 {"actionStatus", "http://schema.org/CompletedActionStatus"}});
  graph.push_back(std::move(action));
  for (Json& input : inputs) graph.push_back(std::move(input));
}

}  // namespace

std::string crate_text(const fs::path& folder, const Inventory& files) {
  const Run run = read_run(folder, files);
  const std::string action = "#run-" + files.at("results.h5").sha256.substr(0, 16);
  Json graph = Json::array();
  graph.push_back({{"@id", "ro-crate-metadata.json"},
                   {"@type", "CreativeWork"},
                   {"conformsTo", id(base)},
                   {"about", id("./")}});
  Json root = root_of(run, files, action), licenses = Json::array();
  add_license(run, root, licenses);
  graph.push_back(std::move(root));
  graph.push_back({{"@id", profile},
                   {"@type", "CreativeWork"},
                   {"name", "Process Run Crate"},
                   {"version", "0.5"}});
  for (Json& license : licenses) graph.push_back(std::move(license));
  add_software(run, graph);
  add_action(run, files, action, graph);
  for (const auto& [path, entry] : files)
    graph.push_back({{"@id", uri_of(path)},
                     {"@type", "File"},
                     {"name", path},
                     {"contentSize", std::to_string(entry.size)},
                     {"encodingFormat", media_type_of(path)},
                     {"dateModified", entry.modified},
                     {"sha256", entry.sha256}});
  const Json crate{{"@context", {std::string(base) + "/context", terms}}, {"@graph", graph}};
  return crate.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace seedbed
