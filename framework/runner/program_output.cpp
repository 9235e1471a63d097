#include "runner/program_output.hpp"

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <boost/process/search_path.hpp>
#include <iterator>

namespace seedbed {

std::optional<std::string> program_output(const std::string& program,
                                          const std::vector<std::string>& arguments) {
  namespace process = boost::process;
  const auto path = process::search_path(program);
  if (path.empty()) return std::nullopt;
  process::ipstream output;
  std::error_code failure;
  process::child child(path, process::args(arguments), process::std_out > output,
                       process::std_err > process::null, process::std_in < process::null, failure);
  if (failure) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(output), {}};
  child.wait(failure);
  if (failure || child.exit_code() != 0) return std::nullopt;
  return text;
}

}  // namespace seedbed
