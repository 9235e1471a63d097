#pragma once
#include <filesystem>

#include "analysis/report/report.hpp"
#include "cli/arguments.hpp"

namespace seedbed {

/// Puts recorded episodes of the runs in `results` into a report: drawn by their environments, in
/// processes of their own (`seedbed report RUN.h5 --child`).
void show_episodes(Report& report, const std::filesystem::path& results,
                   const Arguments& arguments);

/// That process.
int draw_episodes_in_child(const Arguments& arguments);

}  // namespace seedbed
