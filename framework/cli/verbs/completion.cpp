#include "cli/completion.hpp"

#include <fmt/format.h>

#include "cli/arguments.hpp"

namespace seedbed {
namespace {

int run_completion(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  fmt::print("{}", completion_script(arguments.operand(0)));
  return 0;
}

}  // namespace

extern const Verb completion_verb;
const Verb completion_verb = {
    "completion", "bash|zsh|fish", "Print the script with which a shell completes command lines",
    {},           run_completion,  takes_none};

}  // namespace seedbed
