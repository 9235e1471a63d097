// Prints every dataset that the writers of result files declare, one a line, as the rows of the
// table in analysis/README.md.
#include <cstdio>
#include <string>

#include "runner/layout.hpp"

namespace {

using namespace seedbed;

/// A '|' would end the cell, a '<' would begin a tag.
std::string cell(const std::string& text) {
  if (text.find('<') != std::string::npos) return "`" + text + "`";
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

void row(const char* file, const std::string& path, const Declaration& d,
         const std::string& long_name) {
  std::string dims;
  for (const std::string& dim : d.dimensions()) dims += (dims.empty() ? "" : ", ") + dim;
  if (!dims.empty()) dims = "`" + dims + "`";
  std::printf("| %s | `%s` | %s | %s | %s |\n", file, path.c_str(), dims.c_str(),
              cell(d.units).c_str(), cell(long_name).c_str());
}

}  // namespace

int main() {
  std::printf("| file | path | dims | unit | meaning |\n|---|---|---|---|---|\n");
  for (const LayoutPart& part : result_layout())
    for (const Declaration& d : part.datasets) {
      const std::string path = d.path;
      row(part.file, path, d, d.long_name);
      if (d.ends == Ends::none) continue;
      row(part.file, path + "_lower", d, lower_end);
      row(part.file, path + "_upper", d, upper_end);
    }
}
