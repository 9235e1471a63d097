#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/report/report.hpp"

namespace seedbed {

/// Puts recorded episodes of the runs of `results_h5`, which lie in `folder`, into a report: drawn
/// by their environments, in processes of their own (`seedbed report RUN.h5 --child`).
/// `plugin_options`: where these look for plugins (Arguments::plugin_options). Says on stderr what
/// failed.
void show_episodes(Report& report, const std::filesystem::path& results_h5,
                   const std::filesystem::path& folder,
                   const std::vector<std::string>& plugin_options);

}  // namespace seedbed
