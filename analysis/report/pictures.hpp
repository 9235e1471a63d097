#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace seedbed::analysis {

/// What the page and the pictures are made with: page.js, page.css, render.mjs, in
/// share/seedbed/page beside the program's folder, of a build tree or an installation.
std::filesystem::path page_parts();

/// Files that were made of specs, and why some were not ("": all were).
struct Pictures {
  std::vector<std::filesystem::path> files;
  std::string problem;
};

/// NAME.svg and NAME.pdf of every NAME.vl.json, by one process of Node (render.mjs of `parts`) and
/// rsvg-convert. What cannot be made is no error. Pictures of these names from before are gone.
Pictures draw_pictures(const std::filesystem::path& folder, const std::vector<std::string>& names,
                       const std::filesystem::path& parts);

/// Removes NAME.svg and NAME.pdf: they are of earlier results.
void remove_pictures(const std::filesystem::path& folder, const std::vector<std::string>& names);

}  // namespace seedbed::analysis
