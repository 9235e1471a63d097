#pragma once
#include <string>
#include <vector>

namespace seedbed::analysis {

/// An entry as people read it, and as CSV keeps it.
struct Entry {
  std::string shown, exact;
  bool is_number = true;
};

Entry word(const std::string& text);

/// A table that can be shown in three ways. Every row has as many entries as `header`.
struct Table {
  std::string title;
  std::vector<std::string> header;
  std::vector<std::vector<Entry>> rows;
  std::vector<std::string> notes;       ///< What a reader has to know to read it right.
  std::size_t shown = std::size_t(-1);  ///< Columns that people see; the CSV has all.
  std::string name = "table";           ///< Of its files, without ending.

  std::string text() const;      ///< Aligned, for a terminal.
  std::string markdown() const;  ///< GitHub's tables, aligned in the source too.
  std::string latex() const;     ///< With booktabs.
  std::string csv() const;       ///< RFC 4180, numbers in full; without title and notes.

  bool is_number_column(std::size_t c) const;
};

/// A field of a CSV file, in quotes where it needs them (RFC 4180).
std::string in_csv(const std::string& text);

/// Columns that a string takes on a terminal: its code points.
std::size_t width(const std::string& utf8);

}  // namespace seedbed::analysis
