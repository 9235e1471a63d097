#include "analysis/report/report.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <seedbed/error.hpp>
#include <system_error>

#include "analysis/report/figure.hpp"
#include "analysis/report/stage_table.hpp"
#include "store/publication.hpp"

namespace seedbed {

using namespace analysis;

namespace {

std::string file_name(std::string name) {
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-') c = '_';
  return name;
}

/// "learning_curves.svg", or "learning_curves_<stage>.svg" when several stages have one.
std::string name_of(const char* what, const Stage& stage, bool is_only, const char* ending) {
  std::string name = what;
  if (!is_only) name += '_' + file_name(stage.name);
  return name + ending;
}

Table table_of(const Results& results, const Stage& stage) {
  if (stage.kind == "gradient") return gradient_table(results, stage);
  return stage.kind == "evaluate" ? evaluation_table(results, stage) : learn_table(results, stage);
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  errno = 0;
  std::ofstream file(partial_path(path), std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw Error(path.string() + ": expected to write the file, got \"" +
                    std::generic_category().message(errno ? errno : EIO) + "\"",
                Exit::damaged);
  publish_partial(path);
}

}  // namespace

std::string analysis::origin(const Results& results) {
  const std::string hash = results.suite_hash().substr(0, 12);
  return results.title() + (hash.empty() ? "" : " · suite " + hash);
}

Report::Report(const std::filesystem::path& results_h5, const std::vector<std::string>& names) {
  const Results results(results_h5);
  title_ = results.title();
  origin_ = origin(results);
  std::vector<Stage> stages = results.stages();
  if (!names.empty())
    std::erase_if(stages,
                  [&](const Stage& stage) { return !std::ranges::count(names, stage.name); });
  for (const Stage& stage : stages) add(results, stage, stages.size() == 1);
}

void Report::add(const Results& results, const Stage& stage, bool is_only) {
  Table table = table_of(results, stage);
  if (stage.missing_runs > 0)
    table.notes.push_back(std::to_string(stage.missing_runs) + " runs are missing.");
  texts_.push_back(table.text());
  std::string section = table.markdown();
  csv_.emplace_back(name_of("table", stage, is_only, ".csv"), table.csv());
  const bool is_gradient = stage.kind == "gradient";
  std::optional<std::string> svg;
  if (is_gradient) svg = variances(results, stage);
  if (stage.kind == "learn") svg = learning_curves(results, stage);
  if (svg) {
    const char* what = is_gradient ? "variances" : "learning_curves";
    figures_.push_back({name_of(what, stage, is_only, ".svg"), *svg});
    section += "\n![" + table.title + "](" + figures_.back().name + ")\n";
  }
  sections_.push_back(section);
}

std::string Report::text() const {
  std::string all;
  for (const std::string& each : texts_) all += (all.empty() ? "" : "\n") + each;
  return all;
}

std::string Report::markdown() const {
  std::string all = "# " + title_ + "\n";
  for (const std::string& each : sections_) all += "\n" + each;
  return all + "\n" + origin_ + "\n";
}

std::vector<std::filesystem::path> write_report(const Report& report,
                                                const std::filesystem::path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  std::vector<std::filesystem::path> files;
  const auto write = [&](const std::string& name, const std::string& text) {
    write_file(folder / name, text);
    files.push_back(folder / name);
  };
  write("table.md", report.markdown());
  for (const auto& [name, text] : report.csv()) write(name, text);
  for (const Figure& figure : report.figures()) write(figure.name, figure.svg);
  return files;
}

std::vector<std::filesystem::path> write_report(const std::filesystem::path& results_folder) {
  return write_report(Report(results_folder / "results.h5"), results_folder / "report");
}

}  // namespace seedbed
