#include "runner/work_tree.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "loader/sha256.hpp"
#include "runner/program_output.hpp"

namespace seedbed {

namespace {

/// What is not UTF-8 becomes U+FFFD: readers of HDF5 refuse the whole text otherwise.
std::string valid(const std::string& text) {
  using Text = nlohmann::json;
  const std::string quoted = Text(text).dump(-1, ' ', false, Text::error_handler_t::replace);
  return Text::parse(quoted).get<std::string>();
}

/// At the end of a line, so that what is left can be read.
std::string cut(const std::string& diff) {
  if (diff.size() <= longest_diff) return diff;
  const std::size_t end = diff.rfind('\n', longest_diff - 1) + 1;
  return fmt::format("{}[cut here: {} of {} bytes; SHA-256 of all {}]\n", diff.substr(0, end), end,
                     diff.size(), sha256(diff));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> work_tree_of(const std::filesystem::path& folder) {
  const auto git = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--no-optional-locks", "-C", folder.string(), "-c",
                                         "core.fsmonitor=false", "-c", "core.quotePath=true"});
    return program_output("git", arguments);
  };
  const auto commit = git({"rev-parse", "HEAD"});
  if (!commit) return {};
  std::vector<std::pair<std::string, std::string>> texts = {
      {"git_commit", commit->substr(0, commit->find('\n'))}};
  const auto changes = git({"diff", "HEAD", "--no-color", "--no-ext-diff", "--no-textconv",
                            "-O/dev/null", "--src-prefix=a/", "--dst-prefix=b/", "--unified=3",
                            "--diff-algorithm=myers", "--ignore-submodules=none"});
  if (changes) texts.emplace_back("git_diff", valid(cut(*changes)));
  return texts;
}

}  // namespace seedbed
