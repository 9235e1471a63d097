#include "suite/order.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/topological_sort.hpp>
#include <iterator>

namespace seedbed {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// An edge from each node to what it waits for: topological_sort then gives those first.
Graph graph_of(const After& after) {
  Graph graph(after.size());
  for (std::size_t i = 0; i < after.size(); ++i)
    for (const std::size_t j : after[i]) boost::add_edge(i, j, graph);
  return graph;
}

/// Follows the tree of the search from the first back edge to the node that closes the cycle.
struct CycleFinder : boost::default_dfs_visitor {
  std::vector<std::size_t>* parent;
  std::vector<std::size_t>* cycle;

  CycleFinder(std::vector<std::size_t>* parents, std::vector<std::size_t>* found)
      : parent(parents), cycle(found) {}

  void tree_edge(Graph::edge_descriptor edge, const Graph& graph) const {
    (*parent)[target(edge, graph)] = source(edge, graph);
  }
  void back_edge(Graph::edge_descriptor edge, const Graph& graph) const {
    if (!cycle->empty()) return;
    const std::size_t first = target(edge, graph);
    for (std::size_t i = source(edge, graph); i != first; i = (*parent)[i]) cycle->push_back(i);
    cycle->push_back(first);
  }
};

}  // namespace

std::vector<std::size_t> topological_order(const After& after) {
  std::vector<std::size_t> order;
  const Graph graph = graph_of(after);
  boost::topological_sort(graph, std::back_inserter(order));
  return order;
}

std::vector<std::size_t> cycle_of(const After& after) {
  std::vector<std::size_t> parent(after.size()), cycle;
  boost::depth_first_search(graph_of(after), boost::visitor(CycleFinder(&parent, &cycle)));
  const auto least = std::min_element(cycle.begin(), cycle.end());
  std::rotate(cycle.begin(), least, cycle.end());
  return cycle;
}

}  // namespace seedbed
