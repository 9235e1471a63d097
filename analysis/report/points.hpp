#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

namespace seedbed::analysis {

using Json = nlohmann::ordered_json;

/// The points of a figure: its CSV file and the data of its spec are this one text.
class Points {
 public:
  struct Column {
    std::string name;  ///< Letters, digits and '_': what an expression can say after "datum.".
    bool is_number;
  };
  using Value = std::variant<double, std::string>;

  explicit Points(std::vector<Column> columns);

  /// A row, one value per column. A number that is not finite is an empty field.
  void add(const std::vector<Value>& row);
  bool empty() const { return rows_ == 0; }
  std::size_t rows() const { return rows_; }

  const std::string& csv() const { return csv_; }  ///< RFC 4180; seven digits: more than is seen.
  Json data() const;                               ///< For "data" of a Vega-Lite spec.

 private:
  std::vector<Column> columns_;
  std::string csv_;
  std::size_t rows_ = 0;
};

/// `name` with every other character than letters and digits as '_', as in results.h5.
std::string column_name(const std::string& name);

}  // namespace seedbed::analysis
