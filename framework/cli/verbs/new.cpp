#include <fmt/format.h>

#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "loader/nearest.hpp"
#include "loader/registry.hpp"
#include "scaffold/project.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

std::uint32_t kind_given(const std::string& word) {
  if (const std::uint32_t kind = kind_named(word)) return kind;
  std::vector<std::string> kinds;
  std::string listed;
  for (std::uint32_t kind = 1; !kind_name(kind).empty(); ++kind) {
    kinds.emplace_back(kind_name(kind));
    listed += (listed.empty() ? "" : ", ") + kinds.back();
  }
  const std::string near = nearest(word, kinds);
  throw Error(fmt::format("seedbed new: expected a kind ({}), got '{}'{}", listed, word,
                          near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

/// Two plugins of one kind and name cannot be used together.
void warn_of_namesake(const Registry& registry, std::uint32_t kind, const std::string& name) {
  if (const Plugin* plugin = registry.look_up(kind, name))
    fmt::print(stderr,
               "warning: {} exists already, in {}; the two cannot be used together: choose another "
               "name\n",
               plugin->title(), plugin->library->path.string());
}

void print_next_steps(const std::string& folder) {
  fmt::print(
      "wrote {0}/; next:\n"
      "  cmake -S {0} -B {0}/build\n"
      "  cmake --build {0}/build\n"
      "  seedbed run {0} --plugin-path {0}/build/plugins --output {0}/build/results\n"
      "and ctest --test-dir {0}/build tests it.\n",
      folder);
}

int run_new(const Arguments& arguments) {
  arguments.expect_operands(2, 2);
  const std::string &kind = arguments.operand(0), &name = arguments.operand(1);
  const std::uint32_t number = kind_given(kind);
  check_name(name);
  warn_of_namesake(Registry(arguments.plugin_path()), number, name);
  const fs::path program = fs::read_symlink("/proc/self/exe");
  std::string folder = arguments.value("output", name);
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  write_project({kind, name}, program.parent_path().parent_path() / "share/seedbed/templates",
                folder);
  print_next_steps(folder);
  return 0;
}

}  // namespace

extern const Verb new_verb;
const Verb new_verb = {
    "new", "KIND NAME", "Write a stand-alone plugin project, in the folder NAME or --output DIR",
    {},    run_new,     takes_output | takes_plugins};

}  // namespace seedbed
