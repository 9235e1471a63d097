#include "runner/layout.hpp"

#include "store/collection.hpp"
#include "store/provenance.hpp"
#include "store/run_file.hpp"

namespace seedbed {

std::vector<LayoutPart> result_layout() {
  std::vector<LayoutPart> parts = {
      {"learn", learning_datasets()},      {"learn", RunFile::gradient_datasets()},
      {"learn", objective_datasets()},     {"learn", iteration_timing()},
      {"gradient", gradient_datasets()},   {"gradient", batch_timing()},
      {"evaluate", evaluation_datasets()}, {"evaluate", block_timing()},
      {"run", RunFile::policy_datasets()}, {"run", Trajectories::datasets()},
      {"run", execution_datasets()},       {"run", provenance_of_runs()}};
  for (const Declarations each : collected_datasets()) parts.push_back({"results", each});
  parts.push_back({"results", provenance_of_results()});
  return parts;
}

}  // namespace seedbed
