#pragma once
#include <filesystem>

#include "suite/plan.hpp"

namespace seedbed {

/// The life of a worker process: runs the tasks that it reads from standard input (crew.hpp) and
/// writes their run files below `output`. Dies with its parent. Whatever plugins print goes to
/// standard error.
int work(const Suite& suite, const Plan& plan, const std::filesystem::path& suite_path,
         const std::filesystem::path& output, const std::vector<std::string>& argv);

}  // namespace seedbed
