#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace seedbed {

/// A file of comma-separated values: RFC 4180 but for the ends of lines, which are "\n".
///
/// Numbers have 17 significant digits, so a correct reader gets the same bits; what is not finite
/// is NaN, Inf and -Inf, as R and pandas read it. Throws Error (exit 1) when it cannot be written.
class CsvFile {
 public:
  explicit CsvFile(std::filesystem::path path);

  void cell(double number);
  void cell(std::int64_t number);
  void cell(std::string_view text);  ///< In quotes where it has to be.
  void end_row();
  /// To the file, which is then whole. Without it what was written is worth nothing.
  void close();

 private:
  void separate();
  void flush();

  std::filesystem::path path_;
  std::ofstream file_;
  std::string buffer_;
  bool is_first_ = true;
};

}  // namespace seedbed
