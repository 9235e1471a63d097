#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace seedbed {

/// A finite process: rows (state, action, probability, next, reward, terminated), grouped by
/// (state, action) in ascending order, no row of probability 0; and the first state's distribution.
struct Process {
  std::uint64_t states = 0, actions = 0;
  std::vector<std::uint64_t> state, action, next;
  std::vector<double> probability, reward, terminated;
  std::vector<double> initial;  ///< [states]; empty when the text has no `start` row

  std::size_t rows() const { return state.size(); }
};

/// Reads the CSV text of a process (README, "Model"). Throws Error, one line with the number of the
/// row: columns, numbers, probabilities outside of [0, 1], probabilities of a (state, action) or of
/// the start that do not sum to 1 within 1e-9, a (state, action) without rows.
Process read_process(const std::string& text);

/// Throws Error when `probability` does not sum to 1 within 1e-9; `where` begins its message.
void check_sum(double sum, const std::string& where);

}  // namespace seedbed
