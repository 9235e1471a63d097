#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace seedbed {

/// A plugin project that stands alone: `name` may be "my-idea", and its struct is MyIdea then.
struct Project {
  std::string kind;  ///< "environment", "policy", ...: a folder of the templates
  std::string name;  ///< of the plugin
};

/// "MyIdea" for "my-idea".
std::string struct_name(const std::string& name);

/// Throws Error unless `name` is lower-case words joined by '-' that neither CMake nor the headers
/// of plugins use for something else.
void check_name(const std::string& name);

/// Every file of templates/<kind> with {{name}} and {{Name}} replaced, in names and contents.
/// `folder` appears whole or not at all. Throws Error: a wrong name, a kind without templates, a
/// folder that exists.
void write_project(const Project& project, const std::filesystem::path& templates,
                   const std::filesystem::path& folder);

}  // namespace seedbed
