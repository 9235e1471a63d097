#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace seedbed {

struct Plugin;  // loader/registry.hpp
struct Setting;

/// Row after row; an array of reals is one row.
struct Matrix {
  std::vector<double> data;
  std::uint64_t rows = 0, columns = 0;
  bool operator==(const Matrix&) const = default;
};

/// A file parameter: `name` as written in the suite, and what was read.
struct FileValue {
  std::string name, contents, sha256;
};

/// Choice is an integer (index) with its text.
struct ChoiceValue {
  std::int64_t index = 0;
  std::string text;
};

/// A component parameter; null: "none".
using ComponentValue = std::shared_ptr<const Setting>;

using Value = std::variant<bool, std::int64_t, double, std::string, ChoiceValue, Matrix, FileValue,
                           ComponentValue>;

/// A plugin with all its parameters, typed, ranged and complete: one value per row of its table.
struct Setting {
  const Plugin* plugin = nullptr;
  std::vector<Value> values;
};

}  // namespace seedbed
