#include "store/stage_collector.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <seedbed/error.hpp>
#include <set>

#include "store/evaluation_summary.hpp"
#include "store/summary.hpp"

namespace seedbed {

namespace {

constexpr Declaration of_a_stage[] = {
    {"/<stage>/<name>", "<axes> replicate <dims>", "<units>", "<long_name>"},
    {"/<stage>/<scale>", "<scale>", "<units>", "<long_name>"},
    {"/<stage>/<axis>", "<axis>", "1", "<axis>"},
    {"/<stage>/replicate", "replicate", "1", "replicate"},
    {"/<stage>/present", "<axes> replicate", "1", "1: the run is there; 0: all is NaN"},
    {"/<stage>/in_sweep", "<axes>", "1", "1: a cell of the sweep; 0: a hole"},
    {"/timing/<stage>/<name>", "<axes> replicate <dims>", "<units>", "<long_name>"},
    {"/timing/<stage>/<scale>", "<scale>", "<units>", "<long_name>"},
    {"/timing/<stage>/<axis>", "<axis>", "1", "<axis>"},
    {"/timing/<stage>/replicate", "replicate", "1", "replicate"},
    {"/summary/<stage>/<axis>", "<axis>", "1", "<axis>"}};

Meaning meaning_in_stage(const std::string& name) {
  return declared(of_a_stage, "/<stage>/" + name).meaning();
}

Meaning meaning_of_axis(const std::string& axis) {
  return declared(of_a_stage, "/<stage>/<axis>").meaning({{"axis", axis}});
}

void expect(const Reader& run, const std::string& attribute, const std::string& expected) {
  const auto got = run.text_attribute("/", attribute);
  if (got != expected)
    throw Error(run.path().string() + ": expected " + attribute + " '" + expected + "', got " +
                    (got ? "'" + *got + "'" : "none"),
                Exit::damaged);
}

std::string status_of(const Reader& run) {
  return run.text_attribute("/", "status").value_or("");
}

/// Opens a run and makes sure that it is the one asked for.
Reader open_run(const CollectStage& stage, const CollectCell& cell, std::size_t replicate) {
  const CollectRun& run = cell.replicates[replicate];
  if (!std::filesystem::exists(run.file))
    throw Error(run.file.string() + ": expected a finished run, got none", Exit::damaged);
  Reader reader(run.file);
  if (status_of(reader) != "diverged") expect(reader, "status", "done");
  expect(reader, "stage", stage.name);
  // Rationale: the same task may have run when its cell had another name.
  if (run.task.empty()) expect(reader, "cell", cell.name);
  if (!run.task.empty()) expect(reader, "task", run.task);
  if (reader.real_attribute("/", "replicate") != static_cast<double>(replicate))
    throw Error(
        run.file.string() + ": expected replicate " + std::to_string(replicate) + ", got another",
        Exit::damaged);
  return reader;
}

/// The group of a run file that holds what a stage of this kind found.
const char* results_of(const std::string& kind) {
  return kind == "gradient" ? "/gradient" : kind == "evaluate" ? "/evaluation" : "/learning";
}

}  // namespace

std::string identifier(const std::string& name) {
  std::string text = name;
  for (char& c : text)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return text;
}

Declarations StageCollector::datasets() {
  return of_a_stage;
}

StageCollector::StageCollector(const CollectStage& stage)
    : stage_(stage),
      group_("/" + stage.name),
      results_(results_of(stage.kind), group_),
      timing_("/timing", "/timing" + group_) {
  for (const CollectAxis& axis : stage.axes) size_ *= axis.labels.size();
  std::set<std::uint64_t> places;
  for (const CollectCell& cell : stage.cells) places.insert(cell.index);
  assert(places.size() == stage.cells.size() && (places.empty() || *places.rbegin() < size_));
  look();
  name_axes();
}

void StageCollector::look() {
  for (const CollectCell& cell : stage_.cells) {
    replicates_ = std::max(replicates_, cell.replicates.size());
    auto& found = found_.emplace_back();
    for (std::size_t r = 0; r < cell.replicates.size(); ++r) {
      try {
        const Reader run = open_run(stage_, cell, r);
        look_at(run);
        found.push_back({status_of(run), true});
      } catch (const Error& error) {
        found.push_back({error.what(), false});
      }
    }
  }
}

void StageCollector::look_at(const Reader& run) {
  results_.add(run);
  timing_.add(run);
  if (stage_.kind == "learn") return policy_.add(run);
  if (stage_.kind != "gradient" || !run.has("/gradient")) return;
  const auto kind = run.text_attribute("/gradient", "reference_kind").value_or("");
  if (reference_kind_.empty()) reference_kind_ = kind;
  if (reference_kind_ != kind) reference_kind_ = "mixed";
}

void StageCollector::name_axes() {
  std::set<std::string> taken = {"replicate", "present", "in_sweep", "parameter", "policy_final"};
  const auto named = [&](const CollectAxis& axis) {
    std::string name = identifier(axis.name);
    if (results_.has(name) || timing_.has(name) || taken.contains(name)) name = "sweep_" + name;
    while (!taken.insert(name).second) name += '_';
    return name;
  };
  for (const CollectAxis& axis : stage_.axes) axes_.push_back(named(axis));
  for (const CollectAxis& axis : stage_.axes) {
    Dimensions& names = together_.emplace_back();
    for (const CollectAxis& each : axis.together) names.push_back(named(each));
  }
  outer_ = axes_;
  outer_.push_back("replicate");
}

void StageCollector::write_axes(Writer& writer, const std::string& group) const {
  for (std::size_t i = 0; i < axes_.size(); ++i)
    writer.scale(group + "/" + axes_[i], stage_.axes[i].labels,
                 meaning_of_axis(stage_.axes[i].name));
  write_together(writer, group);
}

/// Auxiliary coordinates, which the attribute `coordinates` of the group names (CF 5).
void StageCollector::write_together(Writer& writer, const std::string& group) const {
  std::string names;
  for (std::size_t i = 0; i < axes_.size(); ++i)
    for (std::size_t k = 0; k < together_[i].size(); ++k) {
      const CollectAxis& axis = stage_.axes[i].together[k];
      writer.put(group + "/" + together_[i][k], {axes_[i]}, axis.labels,
                 meaning_of_axis(axis.name));
      names += (names.empty() ? "" : " ") + together_[i][k];
    }
  if (!names.empty()) writer.attribute(group, "coordinates", names);
}

void StageCollector::write_replicates(Writer& writer, const std::string& group) const {
  std::vector<std::int64_t> numbers(replicates_);
  for (std::size_t r = 0; r < replicates_; ++r) numbers[r] = static_cast<std::int64_t>(r);
  writer.scale(group + "/replicate", numbers, meaning_in_stage("replicate"));
}

std::vector<std::uint64_t> StageCollector::place(std::size_t cell, std::size_t replicate) const {
  std::vector<std::uint64_t> at(axes_.size() + 1, replicate);
  std::uint64_t rest = index(cell);
  for (std::size_t i = axes_.size(); i-- > 0; rest /= stage_.axes[i].labels.size())
    at[i] = rest % stage_.axes[i].labels.size();
  return at;
}

void StageCollector::write_arrays(Writer& writer) const {
  const std::string timing = "/timing" + group_;
  if (!timing_.empty()) {
    write_axes(writer, timing);
    write_replicates(writer, timing);
    timing_.reserve(writer, outer_);
  }
  results_.reserve(writer, outer_);
  policy_.reserve(writer, group_, outer_);
  std::vector<std::uint8_t> mask(size_ * replicates_, 0), sweep(size_, 0);
  for (std::size_t c = 0; c < found_.size(); ++c) {
    sweep[index(c)] = 1;
    for (std::size_t r = 0; r < found_[c].size(); ++r)
      mask[index(c) * replicates_ + r] = found_[c][r].is_present;
  }
  if (results_.has("return_mean")) {
    Dimensions shown(axes_.size(), ".");  // viewers plot over numbers only
    shown.push_back("replicate");
    if (stage_.kind == "learn") shown.push_back("iteration");
    writer.show(group_, "return_mean", shown);
  } else if (results_.has("mean")) {
    Dimensions shown(axes_.size(), ".");
    shown.insert(shown.end(), {"replicate", ".", "."});
    writer.show(group_, "mean", shown);
  }
  writer.put(group_ + "/present", outer_, mask, meaning_in_stage("present"));
  if (!axes_.empty()) writer.put(group_ + "/in_sweep", axes_, sweep, meaning_in_stage("in_sweep"));
}

void StageCollector::write(Writer& writer) const {
  writer.attribute(group_, "kind", stage_.kind);
  if (stage_.optimum) writer.attribute(group_, "optimum", *stage_.optimum);
  if (!reference_kind_.empty()) writer.attribute(group_, "reference_kind", reference_kind_);
  write_axes(writer, group_);
  write_replicates(writer, group_);
  write_arrays(writer);
  LearnSummary learned(size_, stage_.optimum);
  GradientSummary measured(size_);
  EvaluationSummary judged(size_);
  for (std::size_t cell = 0; cell < found_.size(); ++cell) {
    for (std::size_t r = 0; r < found_[cell].size(); ++r) {
      if (!found_[cell][r].is_present) continue;
      const Reader run(stage_.cells[cell].replicates[r].file);
      const auto at = place(cell, r);
      results_.copy(run, writer, at);
      timing_.copy(run, writer, at);
      if (stage_.kind == "gradient") {
        measured.add(index(cell), run);
      } else if (stage_.kind == "evaluate") {
        judged.add(index(cell), run);
      } else {
        learned.add(index(cell), run);
        policy_.copy(run, writer, group_, at);
      }
    }
  }
  const std::string summary = "/summary" + group_;
  write_axes(writer, summary);
  if (stage_.kind == "gradient")
    measured.write(writer, summary, axes_);
  else if (stage_.kind == "evaluate")
    judged.write(writer, summary, axes_);
  else
    learned.write(writer, summary, axes_);
}

}  // namespace seedbed
