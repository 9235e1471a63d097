#include "analysis/report/report.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <seedbed/error.hpp>
#include <system_error>

#include "analysis/report/answer.hpp"
#include "analysis/report/stage_table.hpp"
#include "store/publication.hpp"

namespace seedbed {

using namespace analysis;

namespace {

Table table_of(const Results& results, const Stage& stage) {
  Table table = stage.kind == "gradient"   ? gradient_table(results, stage)
                : stage.kind == "evaluate" ? evaluation_table(results, stage)
                                           : learn_table(results, stage);
  if (stage.missing_runs > 0)
    table.notes.push_back(std::to_string(stage.missing_runs) + " runs are missing.");
  return table;
}

/// "table", or "table_<stage>" when there are several stages.
void name_files(Section& section, bool is_only) {
  if (is_only) return;
  std::string stage = section.stage;
  for (char& c : stage)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-') c = '_';
  for (Figure& figure : section.figures) figure.name += '_' + stage;
  for (Table& table : section.tables) table.name += '_' + stage;
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

Report::Report(const std::filesystem::path& results_h5, const std::vector<std::string>& names) {
  const Results results(results_h5);
  document_.title = results.title();
  document_.origin = origin(results);
  document_.question = question_of(results);
  document_.provenance = provenance_of(results);
  document_.commands = commands_of();
  std::vector<Stage> stages = results.stages();
  if (!names.empty())
    std::erase_if(stages,
                  [&](const Stage& stage) { return !std::ranges::count(names, stage.name); });
  for (const Stage& stage : stages) {
    Section section{
        stage.name, stage.kind, figures_of(results, stage), {table_of(results, stage)}, ""};
    name_files(section, stages.size() == 1);
    document_.answer.push_back(answer_of(results, stage));
    document_.sections.push_back(std::move(section));
  }
}

void Report::show_episodes(const std::string& stage, const std::vector<CellEpisodes>& cells) {
  for (Section& section : document_.sections)
    if (section.stage == stage) section.player = player(stage, cells);
}

std::string Report::text() const {
  std::string all;
  for (const Section& section : document_.sections)
    for (const Table& table : section.tables) all += (all.empty() ? "" : "\n") + table.text();
  return all;
}

WrittenReport write_report(const Report& report, const std::filesystem::path& folder, bool draws,
                           const std::filesystem::path& parts) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  WrittenReport written;
  const auto write = [&](const std::string& name, const std::string& text) {
    write_file(folder / name, text);
    written.files.push_back(folder / name);
  };
  std::vector<std::string> names;
  for (const Section& section : report.document().sections) {
    for (const Table& table : section.tables) {
      write(table.name + ".csv", table.csv());
      write(table.name + ".tex", table.latex());
    }
    for (const Figure& figure : section.figures) {
      write(figure.name + ".vl.json", figure.spec.dump(1) + "\n");
      write(figure.name + ".csv", figure.csv);
      names.push_back(figure.name);
    }
  }
  if (draws) {
    const Pictures pictures = draw_pictures(folder, names, parts);
    written.problem = pictures.problem;
    written.files.insert(written.files.end(), pictures.files.begin(), pictures.files.end());
  } else {
    remove_pictures(folder, names);
  }
  write("table.md", markdown(report.document(), folder));
  write("index.html", page(report.document(), folder, parts));
  std::rotate(written.files.begin(), written.files.end() - 1,
              written.files.end());  // index.html first
  return written;
}

}  // namespace seedbed
