#include "suite/task_graph.hpp"

#include <algorithm>
#include <boost/graph/topological_sort.hpp>
#include <iterator>

namespace seedbed {

TaskGraph task_graph(const Plan& plan) {
  const std::size_t tasks = plan.tasks.size();
  TaskGraph graph(tasks + plan.stages.size());
  for (std::size_t s = 0; s < plan.stages.size(); ++s) {
    const PlannedStage& stage = plan.stages[s];
    for (std::size_t i = stage.first; i < stage.first + stage.count; ++i) {
      for (const std::size_t before : stage.after) boost::add_edge(tasks + before, i, graph);
      for (const std::size_t need : plan.tasks[i].needs) boost::add_edge(need, i, graph);
      boost::add_edge(i, tasks + s, graph);
    }
    for (const std::size_t before :
         stage.after)  // a stage without tasks passes on what it waits for
      boost::add_edge(tasks + before, tasks + s, graph);
  }
  return graph;
}

std::vector<std::size_t> topological_order(const TaskGraph& graph) {
  std::vector<std::size_t> order;
  boost::topological_sort(graph, std::back_inserter(order));
  std::reverse(order.begin(), order.end());  // it gives the last first
  return order;
}

}  // namespace seedbed
