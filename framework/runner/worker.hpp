#pragma once
#include <cstdint>
#include <filesystem>

#include "suite/plan.hpp"

namespace seedbed {

/// Before anything else in a worker process: it listens for stop, keeps its descriptors from what
/// it will start, shares its record of calls by that descriptor (-1: keeps it), and gets no more
/// data memory than so much (0: no limit).
void limit_worker(int call_record, std::uint64_t mebibytes);

/// The life of a worker process: runs the tasks that it reads from standard input (crew.hpp) and
/// writes their run files below `output`. A task without an id is run whatever its id. Asked to
/// stop (stop_request.hpp), it answers `stopped` to the task at work and to all that follow.
/// Long tasks are kept in segments every `checkpoint_every` seconds. Whatever plugins print goes to
/// standard error. Exit code 1 when a task failed.
int work(const Suite& suite, const Plan& plan, const std::filesystem::path& suite_path,
         const std::filesystem::path& output, const std::vector<std::string>& argv,
         double checkpoint_every);

}  // namespace seedbed
