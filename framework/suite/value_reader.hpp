#pragma once
#include <filesystem>
#include <optional>

#include "loader/registry.hpp"
#include "loader/setting.hpp"
#include "suite/diagnostic.hpp"

namespace seedbed {

/// Reads values against the rows of one plugin's parameter table. Every type but components.
/// Nothing: what is wrong was added to the diagnostics.
class ValueReader {
 public:
  ValueReader(const Plugin& plugin, const std::filesystem::path& folder, Diagnostics& diagnostics);

  std::optional<Value> read(const seedbed_parameter& parameter, const Node& node) const;

 private:
  using Parameter = const seedbed_parameter&;
  std::optional<Value> number(Parameter parameter, const Node& node) const;
  std::optional<Value> text(Parameter parameter, const Node& node) const;
  std::optional<Value> reals(Parameter parameter, const Node& node) const;
  std::optional<Value> matrix(Parameter parameter, const Node& node) const;
  std::optional<Value> file(Parameter parameter, const Node& node) const;
  bool add_row(Parameter parameter, const Node& row, Matrix& matrix) const;
  std::nullopt_t refuse(Parameter parameter, const Node& node, const std::string& got) const;

  const Plugin& plugin_;
  const std::filesystem::path& folder_;
  Diagnostics& diagnostics_;
};

}  // namespace seedbed
