#include "export/table.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace seedbed {

namespace {

using Names = std::vector<std::string>;

std::string child(const std::string& group, const std::string& name) {
  return (group == "/" ? "" : group) + "/" + name;
}

Meaning meaning_of(const Reader& file, const std::string& path) {
  return {file.text_attribute(path, "units").value_or(""),
          file.text_attribute(path, "long_name").value_or("")};
}

/// The scale that a dimension of a dataset in `group` means: of this group, or of one around it.
std::string scale_of(const Reader& file, std::string group, const std::string& dimension) {
  if (dimension.empty()) return {};
  for (;; group = group.substr(0, std::max<std::size_t>(1, group.rfind('/')))) {
    if (file.has(child(group, dimension))) return child(group, dimension);
    if (group == "/") return {};
  }
}

/// The tables of one group.
class GroupTables {
 public:
  GroupTables(const Reader& file, std::string group) : file_(file), group_(std::move(group)) {
    for (const std::string& name : file.names(group_)) sort_in(name);
    for (const std::string& scale : scales_)
      if (!used_.contains(scale)) at({scale});
    name_tables();
  }

  std::vector<Table> tables() && { return std::move(tables_); }

 private:
  void sort_in(const std::string& name) {
    const std::string path = child(group_, name);
    const auto type = file_.type(path);
    if (type == Reader::Type::group || type == Reader::Type::other) return;
    if (file_.is_scale(path)) return scales_.push_back(name);
    Names dims = file_.dimensions(path);
    used_.insert(dims.begin(), dims.end());
    if (const auto sample = file_.text_attribute(path, "sample_dimension"))
      sample_ = *sample, row_size_ = path;
    // Rationale: a step has few components of different units; the coordinates of a parameter, an
    // estimator or a replicate are many alike.
    if (dims.size() == 2 && (dims[1] == "obs" || dims[1] == "act")) return widen(path, name, dims);
    at(dims).columns.push_back({name, path, meaning_of(file_, path)});
  }

  void widen(const std::string& path, const std::string& name, const Names& dims) {
    Table& table = at({dims[0]});
    const Names labels = file_.texts(scale_of(file_, group_, dims[1]));
    const std::string of = dims[1] == "obs" ? "observation" : "action";
    const std::string units = child(group_, of + "_units");
    const Names unit = file_.has(units) ? file_.texts(units) : Names();
    for (std::size_t i = 0; i < labels.size(); ++i)
      table.columns.push_back({name + "_" + labels[i],
                               path,
                               {i < unit.size() ? unit[i] : "1", meaning_of(file_, path).long_name},
                               labels.size(),
                               i});
  }

  /// The table of these dimensions; a new one when there is none.
  Table& at(const Names& dims) {
    const auto found = std::ranges::find(dims_, dims);
    if (found != dims_.end()) return tables_[static_cast<std::size_t>(found - dims_.begin())];
    dims_.push_back(dims);
    return tables_.emplace_back();
  }

  void name_tables() {
    const std::string signal = file_.text_attribute(group_, "signal").value_or("");
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      Table& table = tables_[i];
      if (sample_ != "" && dims_[i] == Names{sample_}) table.row_size = row_size_;
      const bool is_shown = std::ranges::any_of(
          table.columns, [&](const TableColumn& column) { return column.name == signal; });
      const bool is_first = sample_ != "" ? !table.row_size.empty() : is_shown;
      table.name = group_.substr(1);
      if (tables_.size() > 1 && !is_first) {
        table.name += dims_[i].empty() ? "_scalars" : "_by";
        for (const std::string& dim : dims_[i]) table.name += "_" + dim;
      }
      name_dimensions(table, dims_[i]);
    }
  }

  void name_dimensions(Table& table, const Names& dims) {
    for (std::size_t i = 0; i < dims.size(); ++i) {
      const std::string scale = scale_of(file_, group_, dims[i]);
      const std::string& of = scale.empty() ? table.columns.at(0).dataset : scale;
      const std::string name = scale.empty() ? "index_" + std::to_string(i) : dims[i];
      table.dimensions.push_back({name, scale, file_.shape(of).at(scale.empty() ? i : 0)});
    }
  }

  const Reader& file_;
  std::string group_, sample_, row_size_;
  Names scales_;
  std::set<std::string> used_;
  std::vector<Names> dims_;  ///< Of each table.
  std::vector<Table> tables_;
};

void add_tables(const Reader& file, const std::string& group, std::vector<Table>& tables) {
  auto own = GroupTables(file, group).tables();
  std::ranges::move(own, std::back_inserter(tables));
  for (const std::string& name : file.names(group))
    if (file.type(child(group, name)) == Reader::Type::group)
      add_tables(file, child(group, name), tables);
}

}  // namespace

std::vector<Table> tables_of(const Reader& file) {
  std::vector<Table> tables;
  add_tables(file, "/", tables);
  return tables;
}

}  // namespace seedbed
