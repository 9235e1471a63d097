#pragma once
#include "export/csv_file.hpp"
#include "export/table.hpp"

namespace seedbed {

/// Writes the header and the rows of `table`, some 10 000 at a time: memory does not grow with the
/// file, but for the lengths of its episodes. Throws Error: exit 5 where the data cannot be read,
/// exit 1 where the table cannot be written.
void write_rows(const Reader& file, const Table& table, CsvFile& csv);

}  // namespace seedbed
