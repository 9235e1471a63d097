#include "analysis/report/document.hpp"

namespace seedbed::analysis {

std::string markdown(const Document& document, const std::filesystem::path& folder) {
  std::string all = "# " + document.title + "\n";
  if (!document.question.empty()) all += "\n**" + document.question + "**\n";
  for (const std::string& paragraph : document.answer) all += "\n" + paragraph + "\n";
  for (const Section& section : document.sections) {
    for (const Table& table : section.tables) all += "\n" + table.markdown();
    for (const Figure& figure : section.figures)
      if (std::filesystem::exists(folder / (figure.name + ".svg")))
        all += "\n![" + figure.title + "](" + figure.name + ".svg)\n";
  }
  return all + "\n" + document.origin + "\n";
}

}  // namespace seedbed::analysis
