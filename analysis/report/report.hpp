#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace seedbed {

namespace analysis {
class Results;
struct Stage;
}  // namespace analysis

/// A stand-alone SVG file.
struct Figure {
  std::string name;  ///< "learning_curves.svg"
  std::string svg;
};

/// The tables and figures of a suite, made from its results.h5 alone.
class Report {
 public:
  /// `stages`: the names of those to show; empty: all. Throws Error (exit 5) when the file is not a
  /// whole results file.
  explicit Report(const std::filesystem::path& results_h5,
                  const std::vector<std::string>& stages = {});

  std::string text() const;      ///< Tables for a terminal, with a blank line between them.
  std::string markdown() const;  ///< The report as a document, figures linked by name.
  /// One file per stage: name ("table.csv", "table_<stage>.csv" when there are several) and text.
  const std::vector<std::pair<std::string, std::string>>& csv() const { return csv_; }
  const std::vector<Figure>& figures() const { return figures_; }

 private:
  void add(const analysis::Results& results, const analysis::Stage& stage, bool is_only);

  std::string title_, origin_;
  std::vector<std::string> texts_, sections_;
  std::vector<std::pair<std::string, std::string>> csv_;
  std::vector<Figure> figures_;
};

inline Report make_report(const std::filesystem::path& results_h5) {
  return Report(results_h5);
}

/// Writes table.md, *.csv and *.svg into the folder, and gives the files. Each is replaced as a
/// whole. Throws Error (exit 5).
std::vector<std::filesystem::path> write_report(const Report& report,
                                                const std::filesystem::path& folder);
/// <folder>/report/ from <folder>/results.h5.
std::vector<std::filesystem::path> write_report(const std::filesystem::path& results_folder);

}  // namespace seedbed
