#include "export/csv.hpp"

#include <seedbed/error.hpp>
#include <set>

#include "export/output_folder.hpp"
#include "export/table_rows.hpp"

namespace seedbed {

namespace {

/// columns.csv: units and meaning of every column of every table.
class Dictionary {
 public:
  explicit Dictionary(const std::filesystem::path& path) : csv_(path) {
    for (const char* name : {"table", "column", "dataset", "units", "long_name"}) csv_.cell(name);
    csv_.end_row();
  }

  void add(const Reader& file, const Table& table) {
    for (const TableDimension& each : table.dimensions)
      add(table, each.name, each.scale,
          each.scale.empty() ? Meaning{"1", "counted"}
                             : Meaning{file.text_attribute(each.scale, "units").value_or("1"),
                                       file.text_attribute(each.scale, "long_name").value_or("")});
    if (!table.row_size.empty()) {
      add(table, "episode", "", {"1", "episode that the step belongs to"});
      add(table, "t", "", {"1", "step of the episode, from 0"});
    }
    for (const TableColumn& each : table.columns) add(table, each.name, each.dataset, each.meaning);
  }
  void close() { csv_.close(); }

 private:
  void add(const Table& table, const std::string& name, const std::string& dataset,
           const Meaning& meaning) {
    for (const std::string& each : {table.name, name, dataset, meaning.units, meaning.long_name})
      csv_.cell(each);
    csv_.end_row();
  }
  CsvFile csv_;
};

void write_attributes(const Reader& file, const std::filesystem::path& path) {
  CsvFile csv(path);
  for (const char* name : {"object", "attribute", "value"}) csv.cell(name);
  csv.end_row();
  std::vector<std::string> objects{"/"};
  for (const std::string& name : file.names("/")) objects.push_back("/" + name);
  for (const std::string& object : objects)
    for (const std::string& name : file.attribute_names(object)) {
      const auto text = file.text_attribute(object, name);
      const auto number = file.real_attribute(object, name);
      if (!text && !number) continue;  // those that viewers need
      csv.cell(object), csv.cell(name);
      text ? csv.cell(*text) : csv.cell(*number);
      csv.end_row();
    }
  csv.close();
}

}  // namespace

void export_csv(const std::filesystem::path& path, const std::filesystem::path& output,
                bool force) {
  const Reader file(path);
  OutputFolder folder(output, "columns.csv", force);
  Dictionary dictionary(folder.building() / "columns.csv");
  std::set<std::string> taken{"columns", "attributes"};
  for (const Table& table : tables_of(file)) {
    if (!taken.insert(table.name).second)
      throw Error(path.string() + ": expected every table under a name of its own, got two of '" +
                  table.name + "'");
    const auto target = folder.building() / (table.name + ".csv");
    std::filesystem::create_directories(target.parent_path());
    CsvFile csv(target);
    write_rows(file, table, csv);
    csv.close();
    dictionary.add(file, table);
  }
  dictionary.close();
  write_attributes(file, folder.building() / "attributes.csv");
  folder.publish();
}

}  // namespace seedbed
