#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/report/document.hpp"
#include "analysis/report/pictures.hpp"
#include "analysis/report/player.hpp"

namespace seedbed {

/// The answer, tables and figures of a suite, made from its results.h5 alone.
class Report {
 public:
  /// `stages`: the names of those to show; empty: all. Throws Error (exit 5) when the file is not a
  /// whole results file.
  explicit Report(const std::filesystem::path& results_h5,
                  const std::vector<std::string>& stages = {});

  /// Puts recorded episodes below the figures of a stage, if that is shown.
  void show_episodes(const std::string& stage, const std::vector<analysis::CellEpisodes>& cells);

  std::string text() const;  ///< Tables for a terminal, with a blank line between them.
  const analysis::Document& document() const { return document_; }

 private:
  analysis::Document document_;
};

/// What was written, and what could not be drawn ("": nothing).
struct WrittenReport {
  std::vector<std::filesystem::path> files;
  std::string problem;
};

/// Writes index.html, table.md, a table*.csv and .tex for each table, and for each figure its
/// .vl.json and .csv, and when `draws`, which takes a second, its .svg and .pdf. Each is replaced
/// as a whole. `parts`: page_parts(). Throws Error (exit 5).
WrittenReport write_report(const Report& report, const std::filesystem::path& folder, bool draws,
                           const std::filesystem::path& parts = analysis::page_parts());

}  // namespace seedbed
