#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace seedbed {

/// Longest text of uncommitted changes that is kept, in bytes.
inline constexpr std::size_t longest_diff = std::size_t{1} << 16;

/// Of the git work tree that `folder` is in: git_commit and git_diff (the uncommitted changes of
/// tracked files; cut after longest_diff bytes, and then it says so). Nothing when it is in none,
/// or when there is no git. The settings of the user do not change the text.
std::vector<std::pair<std::string, std::string>> work_tree_of(const std::filesystem::path& folder);

}  // namespace seedbed
