#include <fmt/format.h>

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <boost/process/search_path.hpp>
#include <future>
#include <iterator>
#include <seedbed/error.hpp>

#include "runner/shell_word.hpp"
#include "runner/slurm_job.hpp"

namespace seedbed {

namespace process = boost::process;

namespace {

constexpr std::string_view id_of_the_one_before = "<id>";

std::string all_of(process::ipstream& stream) {
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

/// The id of the job that sbatch made: "12", of "12" or "12;cluster".
std::string sbatch(std::vector<std::string> words) {
  const auto program = process::search_path("sbatch");
  if (program.empty())
    throw Error(
        "seedbed slurm: expected sbatch in PATH, got none: submit from a host with Slurm's clients "
        "(Debian: slurm-client), or write the scripts only, with --dry-run or --script FILE",
        Exit::tasks_failed);
  words.insert(words.begin(), "--parsable");
  process::ipstream said, complained;
  process::child child(program, process::args(words), process::std_out > said,
                       process::std_err > complained, process::std_in < process::null);
  auto complaint = std::async(std::launch::async, [&] { return all_of(complained); });
  const std::string id = all_of(said);
  child.wait();
  if (child.exit_code() != 0 || id.empty())
    throw Error(fmt::format("sbatch {}: expected a job id, got exit code {}: {}", shell_line(words),
                            child.exit_code(), complaint.get()),
                Exit::tasks_failed);
  return id.substr(0, id.find(';'));
}

}  // namespace

std::vector<std::vector<std::string>> submissions(const std::filesystem::path& array,
                                                  const std::filesystem::path& collect,
                                                  std::size_t waves) {
  const std::string after = "--dependency=afterany:" + std::string(id_of_the_one_before);
  std::vector<std::vector<std::string>> all;
  for (std::size_t wave = 1; wave <= waves; ++wave) {
    all.emplace_back();
    if (wave > 1) all.back().push_back(after);
    all.back().push_back(array.string());
    if (wave < waves) all.back().push_back("first");
  }
  all.push_back({after, collect.string()});
  return all;
}

SlurmSubmission submit(const std::vector<std::vector<std::string>>& submissions) {
  std::vector<std::string> ids;
  for (std::vector<std::string> words : submissions) {
    if (const std::size_t at = words[0].find(id_of_the_one_before);
        at != std::string::npos && !ids.empty())
      words[0].replace(at, id_of_the_one_before.size(), ids.back());
    ids.push_back(sbatch(words));
  }
  SlurmSubmission jobs;
  jobs.collect = ids.back();
  ids.pop_back();
  jobs.arrays = ids;
  return jobs;
}

}  // namespace seedbed
