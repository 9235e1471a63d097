#include "export/csv_file.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <seedbed/error.hpp>

namespace seedbed {

namespace {
constexpr std::size_t buffered = 1 << 20;
}

CsvFile::CsvFile(std::filesystem::path path)
    : path_(std::move(path)), file_(path_, std::ios::binary) {
  flush();  // says at once what cannot be opened
}

void CsvFile::separate() {
  if (!is_first_) buffer_ += ',';
  is_first_ = false;
}

void CsvFile::cell(double number) {
  separate();
  if (std::isnan(number))
    buffer_ += "NaN";
  else if (std::isinf(number))
    buffer_ += number > 0 ? "Inf" : "-Inf";
  else
    fmt::format_to(std::back_inserter(buffer_), "{:.17g}", number);
}

void CsvFile::cell(std::int64_t number) {
  separate();
  fmt::format_to(std::back_inserter(buffer_), "{}", number);
}

void CsvFile::cell(std::string_view text) {
  separate();
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    buffer_ += text;
    return;
  }
  buffer_ += '"';  // an empty text, too: it is not a missing one
  for (const char c : text) buffer_.append(c == '"' ? 2 : 1, c);
  buffer_ += '"';
}

void CsvFile::end_row() {
  buffer_ += '\n';
  is_first_ = true;
  if (buffer_.size() > buffered) flush();
}

void CsvFile::flush() {
  file_ << buffer_ << std::flush;
  buffer_.clear();
  if (!file_) throw Error(path_.string() + ": expected to be writable", Exit::tasks_failed);
}

void CsvFile::close() {
  flush();
  file_.close();
  if (!file_) throw Error(path_.string() + ": expected to be writable", Exit::tasks_failed);
}

}  // namespace seedbed
