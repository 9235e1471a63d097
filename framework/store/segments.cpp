#include "store/segments.hpp"

#include <cerrno>
#include <charconv>
#include <map>
#include <seedbed/error.hpp>
#include <sstream>
#include <system_error>

#include "store/reader.hpp"
#include "store/seal.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

struct Label {
  std::string task;
  std::int64_t begin = -1, end = -1;
};

Label label_of(const fs::path& segment) {
  std::istringstream words(sealed_label(segment));
  Label label;
  std::string word;
  words >> label.task >> word >> label.begin >> label.end;
  return label;
}

State state_in(const fs::path& segment) {
  const Reader reader(segment);
  const std::string folder = "/state";
  State state;
  for (const std::string& path : reader.datasets(folder)) {
    const std::string name = path.substr(folder.size() + 1);
    if (reader.type(path) == Reader::Type::integer)
      state.numbers[name] = reader.integers(path);
    else
      state.numbers[name] = reader.reals(path);
  }
  return state;
}

/// r0007.h5 and 3, of r0007.s003.h5.
std::optional<std::pair<fs::path, std::uint64_t>> parsed(const fs::path& path) {
  if (path.extension() != ".h5") return std::nullopt;
  const fs::path stem = path.stem();
  const std::string number = stem.extension().string();  // ".s003"
  if (!number.starts_with(".s")) return std::nullopt;
  std::uint64_t value = 0;
  const char* end = number.data() + number.size();
  const auto [rest, problem] = std::from_chars(number.data() + 2, end, value);
  if (problem != std::errc() || rest != end) return std::nullopt;
  return std::pair(path.parent_path() / (stem.stem().string() + ".h5"), value);
}

void unlink(const fs::path& path) {
  std::error_code problem;
  fs::remove(path, problem);
  if (problem)
    throw Error(path.string() + ": expected to remove it, got \"" + problem.message() + "\"",
                Exit::damaged);
}

bool is_finished(const fs::path& run, const std::string& task) {
  try {
    return task_id_of(run) == task;
  } catch (const Error&) {
    return false;  // a damaged run file is made again
  }
}

/// Numbers of segments of one run, which was listed some time ago.
void remove_leftovers(const fs::path& run, const std::map<std::uint64_t, fs::path>& listed) {
  try {
    if (is_finished(run, label_of(listed.begin()->second).task)) return remove_segments(run);
  } catch (const Error&) {
    return;  // its writer sees to it
  }
  for (const auto& [number, path] : listed)
    if (number > 0 && !fs::exists(segment_path(run, number - 1))) unlink(path);
}

}  // namespace

fs::path segment_path(const fs::path& run, std::uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  return run.parent_path() / (run.stem().string() + ".s" + digits + ".h5");
}

std::string segment_label(const std::string& task, std::int64_t begin, std::int64_t end) {
  return task + " segment " + std::to_string(begin) + " " + std::to_string(end);
}

Segments find_segments(const fs::path& run, const std::string& task) {
  Segments found;
  std::vector<std::int64_t> ends;
  std::string complaint;
  for (fs::path path; fs::exists(path = segment_path(run, ends.size()));) {
    try {
      const Label label = label_of(path);
      const std::int64_t expected = ends.empty() ? 0 : ends.back();
      if (label.task != task)
        complaint = path.string() + ": a segment of another task";
      else if (label.begin != expected)
        complaint = path.string() + ": expected a segment from " + std::to_string(expected) +
                    " on, got one from " + std::to_string(label.begin) + " on";
      else
        ends.push_back(label.end);
    } catch (const Error& error) {
      complaint = error.what();
    }
    if (!complaint.empty()) break;
  }
  while (!ends.empty() && !found.state) {
    try {
      found.state = state_in(segment_path(run, ends.size() - 1));
    } catch (const Error& error) {
      complaint = error.what();
      ends.pop_back();
    }
  }
  found.count = ends.size();
  found.end = ends.empty() ? 0 : ends.back();
  if (complaint.empty()) return found;
  found.discarded.push_back(complaint + "; it and what comes after it is discarded");
  remove_segments(run, found.count);
  return found;
}

void remove_segments(const fs::path& run, std::uint64_t first) {
  std::uint64_t end = first;
  while (fs::exists(segment_path(run, end))) ++end;
  while (end > first) unlink(segment_path(run, --end));
}

void remove_leftover_segments(const fs::path& folder) {
  std::map<fs::path, std::map<std::uint64_t, fs::path>> runs;
  std::error_code problem;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem))
    if (const auto segment = parsed(at->path())) runs[segment->first][segment->second] = at->path();
  for (const auto& [run, segments] : runs) remove_leftovers(run, segments);
}

}  // namespace seedbed
