#include <fmt/format.h>

#include "cli/arguments.hpp"
#include "cli/manual.hpp"

namespace seedbed {
namespace {

int run_man(const Arguments& arguments) {
  arguments.expect_operands(0, 0);
  fmt::print("{}", manual());
  return 0;
}

}  // namespace

extern const Verb man_verb;
const Verb man_verb = {
    "man", "",      "Print the manual page; read it with: seedbed man | man -l -",
    {},    run_man, takes_none};

}  // namespace seedbed
