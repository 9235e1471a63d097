#include <fmt/format.h>

#include "cli/arguments.hpp"
#include "cli/completion.hpp"

namespace seedbed {
namespace {

int run_complete(const Arguments& arguments) {
  fmt::print("{}", text_of(complete(arguments.operands())));
  return 0;
}

}  // namespace

extern const Verb complete_verb;
const Verb complete_verb = {
    "complete", "-- WORD...", "What fits at the end of a command line (asked by a shell)",
    {},         run_complete, takes_none,
    true};

}  // namespace seedbed
