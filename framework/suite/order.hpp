#pragma once
#include <cstddef>
#include <vector>

namespace seedbed {

/// after[i] are the nodes that node i waits for.
using After = std::vector<std::vector<std::size_t>>;

/// The nodes in an order in which each comes after all that it waits for; nodes that could come in
/// any order stay in that of their numbers. Precondition: no cycle.
std::vector<std::size_t> topological_order(const After& after);

/// The members of one cycle, each before the one that waits for it; empty when there is none.
std::vector<std::size_t> cycle_of(const After& after);

}  // namespace seedbed
