#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "store/state.hpp"

namespace seedbed {

/// r0007.s003.h5, of the run file r0007.h5.
std::filesystem::path segment_path(const std::filesystem::path& run, std::uint64_t number);
/// What task_id_of reads there: never the id of a task, so that nobody takes a segment for a run.
std::string segment_label(const std::string& task, std::int64_t begin, std::int64_t end);

/// The segments of a run file that an earlier execution of its task left: 0, 1, ... without a gap,
/// each beginning where the one before ended.
struct Segments {
  std::uint64_t count = 0;
  std::int64_t end = 0;                ///< How far the last one goes.
  std::optional<State> state;          ///< After the last one.
  std::vector<std::string> discarded;  ///< A line for each that was not as it should be, and why.
};

/// Looks for them, and removes those that do not belong to `task`, that are damaged or do not fit,
/// and all that come after. To be called by the writer of `run`. The last one is read, the others
/// are looked at when they are joined: to go on costs the same after a thousand interruptions.
Segments find_segments(const std::filesystem::path& run, const std::string& task);

/// Segment `first` and those after it, the last one first: what a kill leaves has no gap. Throws
/// Error (exit 5).
void remove_segments(const std::filesystem::path& run, std::uint64_t first = 0);

/// Removes, anywhere below `folder`, segments of a run that is finished, and those behind a gap:
/// what a kill in the midst of remove_segments() leaves. Safe beside other writers.
void remove_leftover_segments(const std::filesystem::path& folder);

}  // namespace seedbed
