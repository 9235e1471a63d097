#include "proof/run_difference.hpp"

#include <algorithm>
#include <map>
#include <seedbed/error.hpp>

#include "proof/reproduction.hpp"
#include "runner/change.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

bool is_data(const std::string& path) {
  return !path.starts_with("/timing/") && !path.starts_with("/provenance/");
}

/// What the two files say of themselves: their place in the suite, and how they ended.
void add_attributes(const Reader& a, const Reader& b, RunDifference& result) {
  for (const char* name : {"title", "stage", "cell", "status"}) {
    const std::string of_a = a.text_attribute("/", name).value_or("nothing");
    const std::string of_b = b.text_attribute("/", name).value_or("nothing");
    if (of_a != of_b) result.changes.push_back(std::string(name) + " " + of_a + " → " + of_b);
  }
}

void count_equal(const std::string& path, const Reader& file, RunDifference& result) {
  ++result.equal;
  if (file.type(path) == Reader::Type::text) return;
  std::uint64_t numbers = 1;
  for (const std::uint64_t size : file.shape(path)) numbers *= size;
  result.numbers += numbers;
}

void add_data(const Reader& a, const Reader& b, RunDifference& result) {
  for (const std::string& path : a.datasets()) {
    if (!is_data(path)) continue;
    if (!b.has(path))
      result.divergences.push_back({path, "", {}, "there", "not there", 0.0, 0.0});
    else if (auto found = divergence_of(path, a, b))
      result.divergences.push_back(std::move(*found));
    else
      count_equal(path, a, result);
  }
  for (const std::string& path : b.datasets())
    if (is_data(path) && !a.has(path))
      result.divergences.push_back({path, "", {}, "not there", "there", 0.0, 0.0});
}

/// Run files by what comes below the folder.
std::map<fs::path, fs::path> runs_in(const fs::path& folder) {
  std::map<fs::path, fs::path> runs;
  for (const fs::path& file : run_files_below(folder)) runs[fs::relative(file, folder)] = file;
  return runs;
}

}  // namespace

const Divergence* RunDifference::earliest() const {
  const Divergence* earliest = divergences.empty() ? nullptr : &divergences.front();
  for (const Divergence& each : divergences)
    if (each.iteration && (!earliest->iteration || *each.iteration < *earliest->iteration))
      earliest = &each;
  return earliest;
}

RunDifference difference_between(const fs::path& path_a, const fs::path& path_b) {
  const Reader a(path_a), b(path_b);
  RunDifference result;
  result.first = path_a;
  result.second = path_b;
  add_attributes(a, b, result);
  for (std::string& change : changes_between(provenance_in(a), provenance_in(b)))
    result.changes.push_back(std::move(change));
  add_data(a, b, result);
  return result;
}

std::vector<RunDifference> differences_between(const fs::path& a, const fs::path& b) {
  if (fs::is_directory(a) != fs::is_directory(b))
    throw Error("seedbed diff: expected two files or two folders, got one of each");
  if (!fs::is_directory(a)) return {difference_between(a, b)};
  const auto of_a = runs_in(a), of_b = runs_in(b);
  std::vector<RunDifference> results;
  for (const auto& [place, file] : of_a)
    if (const auto partner = of_b.find(place); partner != of_b.end())
      results.push_back(difference_between(file, partner->second));
    else
      results.push_back({file, b / place, "only in " + a.string(), {}, 0, 0, {}});
  for (const auto& [place, file] : of_b)
    if (!of_a.contains(place))
      results.push_back({a / place, file, "only in " + b.string(), {}, 0, 0, {}});
  return results;
}

}  // namespace seedbed
