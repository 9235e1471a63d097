#include "analysis/report/points.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>

#include "analysis/report/table.hpp"

namespace seedbed::analysis {

Points::Points(std::vector<Column> columns) : columns_(std::move(columns)) {
  for (const Column& column : columns_) csv_ += (csv_.empty() ? "" : ",") + column.name;
  csv_ += '\n';
}

void Points::add(const std::vector<Value>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i) csv_ += ',';
    if (const std::string* text = std::get_if<std::string>(&row[i])) {
      csv_ += in_csv(*text);
    } else if (const double value = std::get<double>(row[i]); std::isfinite(value)) {
      fmt::format_to(std::back_inserter(csv_), "{:.7g}", value == 0 ? 0 : value);
    }
  }
  csv_ += '\n';
  ++rows_;
}

Json Points::data() const {
  Json parse;
  for (const Column& column : columns_) parse[column.name] = column.is_number ? "number" : "string";
  return {{"values", csv_}, {"format", {{"type", "csv"}, {"parse", parse}}}};
}

std::string column_name(const std::string& name) {
  std::string text = name;
  for (char& c : text)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return text;
}

}  // namespace seedbed::analysis
