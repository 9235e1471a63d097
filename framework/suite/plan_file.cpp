#include "suite/plan_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "loader/sha256.hpp"
#include "suite/canonical.hpp"
#include "suite/cost.hpp"

namespace seedbed {
namespace {

using Json = nlohmann::ordered_json;
constexpr int version = 1;

Json json_of(const PlanFile::Task& task) {
  Json json{{"replicate", task.replicate}, {"id", task.id}, {"file", task.file}};
  if (!task.needs.empty()) json["needs"] = task.needs;
  return json;
}

Json json_of(const PlanFile::Cell& cell) {
  Json coordinates = Json::object(), tasks = Json::array();
  for (const Coordinate& each : cell.coordinates) coordinates[each.axis] = each.label;
  for (const PlanFile::Task& task : cell.tasks) tasks.push_back(json_of(task));
  return {{"name", cell.name},
          {"index", cell.index},
          {"coordinates", coordinates},
          {"cost", cell.cost},
          {"tasks", tasks}};
}

Json json_of(const Dimension& dimension) {
  Json axes = Json::array();
  for (const Axis& axis : dimension.axes)
    axes.push_back({{"name", axis.name}, {"labels", axis.labels}});
  return {{"name", dimension.name}, {"labels", dimension.labels}, {"axes", axes}};
}

Json json_of(const PlanFile::Stage& stage) {
  Json dimensions = Json::array(), cells = Json::array();
  for (const Dimension& dimension : stage.dimensions) dimensions.push_back(json_of(dimension));
  for (const PlanFile::Cell& cell : stage.cells) cells.push_back(json_of(cell));
  Json json{{"name", stage.name},
            {"kind", stage.kind},
            {"after", stage.after},
            {"dimensions", dimensions}};
  if (stage.optimum) json["optimum"] = *stage.optimum;
  json["cells"] = cells;
  return json;
}

PlanFile::Cell cell_from(const Json& json) {
  PlanFile::Cell cell{json.at("name"), json.at("index"), {}, json.at("cost"), {}};
  for (const auto& [axis, label] : json.at("coordinates").items())
    cell.coordinates.push_back({axis, label});
  for (const Json& task : json.at("tasks"))
    cell.tasks.push_back({task.at("replicate"), task.at("id"), task.at("file"),
                          task.value("needs", std::vector<std::string>())});
  return cell;
}

Dimension dimension_from(const Json& json) {
  Dimension dimension{json.at("name"), json.at("labels"), {}};
  for (const Json& axis : json.at("axes"))
    dimension.axes.push_back({axis.at("name"), axis.at("labels")});
  return dimension;
}

PlanFile::Stage stage_from(const Json& json) {
  PlanFile::Stage stage{json.at("name"), json.at("kind"), json.at("after"), {}, {}, {}};
  for (const Json& dimension : json.at("dimensions"))
    stage.dimensions.push_back(dimension_from(dimension));
  if (json.contains("optimum")) stage.optimum = json.at("optimum");
  for (const Json& cell : json.at("cells")) stage.cells.push_back(cell_from(cell));
  return stage;
}

PlanFile plan_from(const Json& json) {
  PlanFile plan{json.at("suite"),
                json.at("title"),
                json.at("question"),
                json.at("suite_path"),
                json.at("overrides"),
                json.at("suite_hash"),
                {},
                {}};
  for (const auto& [name, text] : json.at("provenance").items())
    plan.provenance.emplace_back(name, text);
  for (const Json& stage : json.at("stages")) plan.stages.push_back(stage_from(stage));
  return plan;
}

}  // namespace

PlanFile plan_file_of(const Suite& suite, const Plan& plan) {
  PlanFile file;
  file.suite = suite.name;
  file.title = suite.title;
  file.question = suite.question;
  file.overrides = suite.overrides;
  file.suite_hash = sha256(suite.resolved);
  for (const PlannedStage& planned : plan.stages) {
    const Stage& stage = suite.stages[planned.stage];
    PlanFile::Stage& made = file.stages.emplace_back();
    made.name = stage.name;
    made.kind = stage_kind_name(stage.kind);
    for (const std::size_t before : planned.after) made.after.push_back(plan.stages[before].name);
    made.dimensions = stage.dimensions;
    for (const Cell& cell : stage.cells)
      made.cells.push_back(
          {cell.name, cell.index, cell.coordinates, nominal_cost(cell.configuration), {}});
    for (std::size_t i = planned.first; i < planned.first + planned.count; ++i) {
      const Task& task = plan.tasks[i];
      PlanFile::Task& added = made.cells.at(task.cell).tasks.emplace_back();
      added = {task.replicate, task.id, task.file, {}};
      for (const std::size_t need : task.needs) added.needs.push_back(plan.tasks[need].file);
    }
  }
  return file;
}

std::string text_of(const PlanFile& plan) {
  Json provenance = Json::object(), stages = Json::array();
  for (const auto& [name, text] : plan.provenance) provenance[name] = text;
  for (const PlanFile::Stage& stage : plan.stages) stages.push_back(json_of(stage));
  const Json json{{"seedbed_plan_version", version},
                  {"suite", plan.suite},
                  {"title", plan.title},
                  {"question", plan.question},
                  {"suite_path", plan.suite_path},
                  {"overrides", plan.overrides},
                  {"suite_hash", plan.suite_hash},
                  {"provenance", provenance},
                  {"stages", stages}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

PlanFile read_plan_file(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / PlanFile::name;
  const auto refuse = [&](const std::string& got) -> Error {
    return Error(path.string() + ": expected the plan of a folder of results, got " + got,
                 Exit::damaged);
  };
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    throw refuse(std::string("\"") + std::strerror(file ? EISDIR : errno) + '"');
  const std::string text(std::istreambuf_iterator<char>(file), {});
  try {
    const Json json = Json::parse(text);
    if (json.at("seedbed_plan_version") != version)
      throw refuse("version " + json.at("seedbed_plan_version").dump());
    return plan_from(json);
  } catch (const Json::exception& error) {
    throw refuse(std::string("what cannot be read: ") + error.what());
  }
}

}  // namespace seedbed
