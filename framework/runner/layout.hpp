#pragma once
#include <vector>

#include "store/declaration.hpp"

namespace seedbed {

/// What each writer of this layer declares.
Declarations gradient_datasets();    ///< Of a gradient stage, with its parts of the variance.
Declarations batch_timing();         ///< Of a gradient stage: its batches.
Declarations learning_datasets();    ///< /learning
Declarations iteration_timing();     ///< Of a learn stage: its iterations.
Declarations objective_datasets();   ///< J of the checkpoints of a learn stage.
Declarations evaluation_datasets();  ///< Of an evaluate stage.
Declarations block_timing();         ///< Of an evaluate stage: its blocks of episodes.
Declarations execution_datasets();   ///< What is true of one execution only.

/// Every dataset of every result file, by the file that it is in: the table of analysis/README.md.
std::vector<LayoutPart> result_layout();

}  // namespace seedbed
