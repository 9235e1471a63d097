#pragma once
#include <boost/graph/adjacency_list.hpp>
#include <cstddef>
#include <vector>

#include "suite/plan.hpp"

namespace seedbed {

/// What waits for what in a plan. Vertex i is task i; vertex plan.tasks.size() + s is the barrier
/// of stage s, which lies behind all of its tasks. An edge from u to v: v waits for u. So a stage
/// that waits for a whole other one costs one edge per task, not one per pair of tasks.
using TaskGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// Edges: task -> barrier of its stage; barrier of every stage in PlannedStage::after -> task; what
/// is in Task::needs -> task.
TaskGraph task_graph(const Plan& plan);

/// The vertices in an order in which each comes after all that it waits for. Throws
/// boost::not_a_dag when there is none, which make_plan rules out.
std::vector<std::size_t> topological_order(const TaskGraph& graph);

}  // namespace seedbed
