#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/report/figure.hpp"
#include "analysis/report/table.hpp"

namespace seedbed::analysis {

/// What a report says of one stage.
struct Section {
  std::string stage, kind;
  std::vector<Figure> figures;
  std::vector<Table> tables;
  std::string player;  ///< HTML of recorded episodes, shown after the figures; "": none.
};

/// A report, before it is text of one format or another.
struct Document {
  std::string title, question, origin;
  std::vector<std::string> answer;  ///< A paragraph for each stage.
  std::vector<Section> sections;
  std::vector<std::pair<std::string, std::string>> commands;    ///< What each does, and it.
  std::vector<std::pair<std::string, std::string>> provenance;  ///< Name and value.
};

/// table.md; figures whose SVG lies in `folder` are linked.
std::string markdown(const Document& document, const std::filesystem::path& folder);

/// index.html, which needs no other file and no network: page.js and page.css of `parts` are in it.
/// Without page.js it says that the figures are missing. Links the files of `folder` that exist.
std::string page(const Document& document, const std::filesystem::path& folder,
                 const std::filesystem::path& parts);

}  // namespace seedbed::analysis
