#include "runner/worker.hpp"

#include "cli/arguments.hpp"

namespace seedbed {

namespace {

int work_verb(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  limit_worker(
      arguments.has("call-record") ? static_cast<int>(arguments.number("call-record", 0)) : -1,
      arguments.number("memory-per-worker", 0));
  const Registry registry(arguments.plugin_path());
  const Suite suite = read_suite(arguments.operand(0), arguments.values("set"), registry);
  const Plan plan = make_plan(suite);
  std::vector<std::string> argv{"seedbed", "worker", arguments.operand(0)};
  for (const std::string& setting : arguments.values("set")) {
    argv.push_back("--set");
    argv.push_back(setting);
  }
  return work(suite, plan, arguments.operand(0), arguments.output(suite.name), argv,
              static_cast<double>(arguments.number("checkpoint-every", 60)));
}

}  // namespace

extern const Verb worker_verb;
const Verb worker_verb{"worker",
                       "SUITE",
                       "run tasks that are read from standard input (started by run)",
                       {{"checkpoint-every", "SECONDS", "Time between segments of a long run; default: 60"},
                        {"call-record", "FD", "Shared memory for the plugin call under way"},
                        {"memory-per-worker", "MIB", "Data memory of this process"}},
                       work_verb,
                       takes_set | takes_output | takes_plugins,
                       true};

}  // namespace seedbed
