#include "analysis/report/table.hpp"

#include <algorithm>

namespace seedbed::analysis {

namespace {

std::vector<std::size_t> widths(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < std::min(table.header.size(), table.shown); ++c) {
    std::size_t widest = width(table.header[c]);
    for (const auto& row : table.rows) widest = std::max(widest, width(row[c].shown));
    widths.push_back(widest);
  }
  return widths;
}

std::string padded(const std::string& text, std::size_t columns, bool right) {
  const std::string space(columns - std::min(columns, width(text)), ' ');
  return right ? space + text : text + space;
}

std::string in_markdown(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '*' || c == '_' || c == '<') result += '\\';
    result += c;
  }
  return result;
}

std::string in_latex(const std::string& text) {
  static const std::pair<std::string, std::string> marks[] = {{"\\", "\\textbackslash{}"},
                                                              {"~", "\\textasciitilde{}"},
                                                              {"^", "\\textasciicircum{}"},
                                                              {"±", "$\\pm$"},
                                                              {"∞", "$\\infty$"},
                                                              {"−", "$-$"},
                                                              {"≥", "$\\geq$"},
                                                              {"·", "$\\cdot$"},
                                                              {"<", "$<$"},
                                                              {">", "$>$"},
                                                              {"|", "$|$"}};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto mark = std::ranges::find_if(marks, [&](const auto& each) {
      return text.compare(i, each.first.size(), each.first) == 0;
    });
    if (mark != std::end(marks)) {
      result += mark->second;
      i += mark->first.size();
      continue;
    }
    if (std::string("&%$#_{}").find(text[i]) != std::string::npos) result += '\\';
    result += text[i++];
  }
  return result;
}

void end_line(std::string& text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  text += '\n';
}

}  // namespace

std::string in_csv(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

Entry word(const std::string& text) {
  return {text, text, false};
}

std::size_t width(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool Table::is_number_column(std::size_t c) const {
  return std::ranges::all_of(rows, [c](const auto& row) { return row[c].is_number; });
}

std::string Table::text() const {
  const auto columns = widths(*this);
  std::string all = title.empty() ? "" : title + "\n\n";
  const auto add = [&](auto&& entry_of) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      all += c ? "  " : "";
      all += padded(entry_of(c), columns[c], is_number_column(c));
    }
    end_line(all);
  };
  add([&](std::size_t c) { return header[c]; });
  std::size_t total = columns.empty() ? 0 : 2 * (columns.size() - 1);
  for (const std::size_t each : columns) total += each;
  for (std::size_t i = 0; i < total; ++i) all += "─";
  all += '\n';
  for (const auto& row : rows) add([&](std::size_t c) { return row[c].shown; });
  for (const std::string& note : notes) all += note + "\n";
  return all;
}

std::string Table::markdown() const {
  Table escaped = *this;
  for (auto& row : escaped.rows)
    for (Entry& entry : row) entry.shown = in_markdown(entry.shown);
  auto columns = widths(escaped);
  for (std::size_t& each : columns) each = std::max<std::size_t>(each, 4);
  std::string all = title.empty() ? "" : "## " + title + "\n\n";
  const auto add = [&](auto&& entry_of) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      all += "| " + padded(entry_of(c), columns[c], is_number_column(c)) + " ";
    all += "|\n";
  };
  add([&](std::size_t c) { return header[c]; });
  add([&](std::size_t c) {
    return std::string(columns[c] - 1, '-') + (is_number_column(c) ? ":" : "-");
  });
  for (const auto& row : escaped.rows) add([&](std::size_t c) { return row[c].shown; });
  if (!notes.empty()) all += '\n';
  for (const std::string& note : notes) all += note + "\n";
  return all;
}

std::string Table::latex() const {
  const std::size_t columns = std::min(header.size(), shown);
  std::string all = "\\begin{table}\n\\caption{" + in_latex(title) + "}\n\\begin{tabular}{";
  for (std::size_t c = 0; c < columns; ++c) all += is_number_column(c) ? 'r' : 'l';
  all += "}\n\\toprule\n";
  const auto add = [&](auto&& entry_of) {
    for (std::size_t c = 0; c < columns; ++c) all += (c ? " & " : "") + in_latex(entry_of(c));
    all += " \\\\\n";
  };
  add([&](std::size_t c) { return header[c]; });
  all += "\\midrule\n";
  for (const auto& row : rows) add([&](std::size_t c) { return row[c].shown; });
  all += "\\bottomrule\n\\end{tabular}\n";
  for (const std::string& note : notes) all += "\n\\footnotesize " + in_latex(note) + "\n";
  return all + "\\end{table}\n";
}

std::string Table::csv() const {
  std::string all;
  for (std::size_t c = 0; c < header.size(); ++c) all += (c ? "," : "") + in_csv(header[c]);
  all += '\n';
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) all += (c ? "," : "") + in_csv(row[c].exact);
    all += '\n';
  }
  return all;
}

}  // namespace seedbed::analysis
