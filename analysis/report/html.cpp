#include "analysis/report/html.hpp"

#include <algorithm>

namespace seedbed::analysis {

std::string in_html(const std::string& text) {
  std::string result;
  for (const char c : text) switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  return result;
}

std::string in_script(std::string json) {
  for (auto at = json.find('<'); at != std::string::npos; at = json.find('<', at))
    json.replace(at, 1, "\\u003c");
  return json;
}

std::string html(const Table& table) {
  const std::size_t columns = std::min(table.header.size(), table.shown);
  const std::string title = in_html(table.title);
  std::string all = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + title +
                    "\">\n<table class=\"sortable\">\n<caption>" + title +
                    "</caption>\n<thead><tr>";
  const auto number = [&](std::size_t c) {
    return std::string(table.is_number_column(c) ? " class=\"number\"" : "");
  };
  for (std::size_t c = 0; c < columns; ++c)
    all += "<th scope=\"col\" aria-sort=\"none\"" + number(c) + "><button type=\"button\">" +
           in_html(table.header[c]) + "</button></th>";
  all += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    all += "<tr>";
    for (std::size_t c = 0; c < columns; ++c)
      all += "<td" + number(c) + " data-value=\"" + in_html(row[c].exact) + "\">" +
             in_html(row[c].shown) + "</td>";
    all += "</tr>\n";
  }
  all += "</tbody>\n</table>\n</div>\n";
  for (const std::string& note : table.notes)
    all += "<p class=\"note\">" + in_html(note) + "</p>\n";
  return all;
}

}  // namespace seedbed::analysis
