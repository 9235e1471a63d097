#pragma once
#include <seedbed/error.hpp>
#include <seedbed/plugin.h>

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seedbed {

/// The values that a parameter may take: an interval with open or closed ends.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::uint32_t open = 0;  ///< SEEDBED_LOW_OPEN | SEEDBED_HIGH_OPEN
};
inline constexpr Range any{};
inline constexpr Range positive{0.0, std::numeric_limits<double>::infinity(), SEEDBED_LOW_OPEN};
inline constexpr Range non_negative{0.0};
inline constexpr Range below_one{0.0, 1.0, SEEDBED_HIGH_OPEN};

/// A row of a parameter table. `fallback` is TOML text; null makes the parameter required.
///
///   static constexpr Parameter parameters[] = {
///       {"step", SEEDBED_REAL, "0.01", positive, "", "step size alpha"}};
struct Parameter : seedbed_parameter {
  constexpr Parameter(const char* key_, std::uint32_t type_, const char* fallback, Range interval,
                      const char* unit_, const char* doc_, const char* choices_ = nullptr)
      : seedbed_parameter{key_,          type_,    interval.open, fallback, interval.low,
                          interval.high, choices_, unit_,         doc_} {}
};

/// A matrix parameter, row after row; valid during construction only.
struct MatrixView {
  const double* data;
  std::size_t rows, columns;
  double operator()(std::size_t i, std::size_t j) const { return data[i * columns + j]; }
  std::vector<double> copy() const { return {data, data + rows * columns}; }
};

/// The parameter values of an instance, by key. Types and ranges were checked by the host.
class Values {
 public:
  Values(std::span<const Parameter> table, const seedbed_value* values)
      : table_(table), values_(values) {}

  bool boolean(std::string_view key) const { return at(key).integer != 0; }
  std::int64_t integer(std::string_view key) const { return at(key).integer; }
  double real(std::string_view key) const { return at(key).real; }
  std::string text(std::string_view key) const { return {at(key).text, at(key).text_size}; }
  MatrixView matrix(std::string_view key) const {
    const seedbed_value& value = at(key);
    return {value.data, value.rows, value.columns};
  }
  std::vector<double> reals(std::string_view key) const { return matrix(key).copy(); }
  const seedbed_component* component(std::string_view key) const { return at(key).component; }

  /// The matrix, or an Error about `key` when it is not rows x columns.
  MatrixView matrix(std::string_view key, std::size_t rows, std::size_t columns) const {
    const MatrixView m = matrix(key);
    if (m.rows != rows || m.columns != columns)
      throw error(key, "expected a " + std::to_string(rows) + " x " + std::to_string(columns) +
                           " matrix, got " + std::to_string(m.rows) + " x " +
                           std::to_string(m.columns));
    return m;
  }
  /// `parameter '<key>': <text>`, to be thrown.
  Error error(std::string_view key, const std::string& text) const {
    return Error("parameter '" + std::string(key) + "': " + text, Exit::plugin).about(index(key));
  }

 private:
  std::int64_t index(std::string_view key) const {
    for (std::size_t i = 0; i < table_.size(); ++i)
      if (key == table_[i].key) return static_cast<std::int64_t>(i);
    throw Error("no parameter '" + std::string(key) + "' in the plugin's own table", Exit::plugin);
  }
  const seedbed_value& at(std::string_view key) const { return values_[index(key)]; }

  std::span<const Parameter> table_;
  const seedbed_value* values_;
};

}  // namespace seedbed
