#include <algorithm>
#include <fstream>
#include <iterator>

#include "analysis/report/document.hpp"
#include "analysis/report/html.hpp"

namespace seedbed::analysis {

namespace fs = std::filesystem;

namespace {

/// "" where there is none.
std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string element(const std::string& tag, const std::string& text) {
  return "<" + tag + ">" + in_html(text) + "</" + tag + ">\n";
}

std::string links(const Figure& figure, const fs::path& folder) {
  std::string all;
  const auto link = [&](const char* ending, const char* word) {
    all +=
        (all.empty() ? "" : " · ") + ("<a href=\"" + figure.name) + ending + "\">" + word + "</a>";
  };
  for (const auto& [ending, word] : {std::pair(".svg", "SVG"), std::pair(".pdf", "PDF")})
    if (fs::exists(folder / (figure.name + ending))) link(ending, word);
  link(".vl.json", "Vega-Lite spec");
  link(".csv", "plotted points (CSV)");
  return "<p>" + all + "</p>\n";
}

std::string html_of(const Figure& figure, const fs::path& folder, bool is_drawn) {
  const std::string name = in_html(figure.name);
  std::string all = "<figure data-figure=\"" + name + "\" id=\"" + name + "\" aria-label=\"" +
                    in_html(figure.title) + "\">\n" + element("h3", figure.title);
  if (is_drawn)
    all +=
        "<div class=\"legend\" role=\"group\" aria-label=\"series\"></div>\n"
        "<div class=\"plot\"></div>\n<noscript><img src=\"" +
        name + ".svg\" alt=\"" + in_html(figure.description) + "\"></noscript>\n";
  else
    all +=
        "<p class=\"missing\">Not drawn: this build of Seedbed has no Vega, which it takes from "
        "npm with Node.js when it is built.</p>\n";
  all += "<figcaption>\n" + element("p", figure.description);
  for (const std::string& note : figure.notes) all += element("p", note);
  return all + links(figure, folder) + "</figcaption>\n</figure>\n";
}

std::string id_of(const Section& section) {
  return "stage-" + column_name(section.stage);
}

std::string html_of(const Section& section, const fs::path& folder, bool is_drawn) {
  std::string all =
      "<section id=\"" + id_of(section) + "\">\n" +
      element("h2", section.stage == section.kind ? section.stage
                                                  : section.stage + " (" + section.kind + ")");
  for (const Table& table : section.tables) all += html(table);
  for (const Figure& figure : section.figures) all += html_of(figure, folder, is_drawn);
  return all + section.player + "</section>\n";
}

std::string head(const Document& document, const std::string& style) {
  std::string all =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n" +
      element("title", document.title) + "<style>\n" + style +
      "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the answer</a>\n"
      "<header>\n" +
      element("h1", document.title);
  if (!document.question.empty())
    all += "<p class=\"question\">" + in_html(document.question) + "</p>\n";
  all += "<nav class=\"bar\" aria-label=\"sections\"><ul>";
  for (const Section& section : document.sections)
    all += "<li><a href=\"#" + id_of(section) + "\">" + in_html(section.stage) + "</a></li>";
  return all +
         "<li><a href=\"#provenance\">provenance</a></li></ul>"
         "<button id=\"theme\" type=\"button\" hidden>Dark theme</button></nav>\n</header>\n";
}

std::string tail(const Document& document) {
  std::string all = "<section id=\"provenance\">\n" + element("h2", "Provenance");
  for (const auto& [what, command] : document.commands)
    all +=
        element("h3", what) + "<pre tabindex=\"0\"><code>" + in_html(command) + "</code></pre>\n";
  all += "<dl>\n";
  for (const auto& [name, value] : document.provenance)
    all += element("dt", name) + element("dd", value);
  return all + "</dl>\n</section>\n</main>\n<footer>\n" + element("p", document.origin) +
         "</footer>\n";
}

}  // namespace

std::string page(const Document& document, const fs::path& folder, const fs::path& parts) {
  const std::string script = text_of(parts / "page.js");
  std::string all = head(document, text_of(parts / "page.css")) + "<main id=\"main\">\n";
  if (!document.answer.empty()) {
    all += "<section id=\"answer\">\n" + element("h2", "Answer");
    for (const std::string& paragraph : document.answer)
      all += "<p class=\"answer\">" + in_html(paragraph) + "</p>\n";
    all += "</section>\n";
  }
  Json specs = Json::object();
  for (const Section& section : document.sections) {
    all += html_of(section, folder, !script.empty());
    for (const Figure& figure : section.figures) specs[figure.name] = figure.spec;
  }
  all += tail(document);
  if (!script.empty())
    all += "<script type=\"application/json\" id=\"specs\">" + in_script(specs.dump()) +
           "</script>\n<script>\n" + script + "</script>\n";
  if (std::ranges::any_of(document.sections,
                          [](const Section& section) { return !section.player.empty(); }))
    all += "<script>\n" + text_of(parts / "player.js") + "</script>\n";
  return all + "</body>\n</html>\n";
}

}  // namespace seedbed::analysis
