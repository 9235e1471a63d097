#include "process.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <seedbed/error.hpp>
#include <string_view>

namespace seedbed {
namespace {

constexpr std::string_view header = "state,action,probability,next_state,reward,terminated";
constexpr std::uint64_t most = std::uint64_t{1} << 32;

Error error(std::size_t row, const std::string& text) {
  return Error("row " + std::to_string(row) + ": " + text, Exit::plugin);
}

/// The lines of a text without their ends.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  bool next(std::string_view& line) {
    if (text_.empty()) return false;
    const std::size_t end = std::min(text_.find('\n'), text_.size());
    line = text_.substr(0, end);
    text_.remove_prefix(std::min(end + 1, text_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    return true;
  }
  std::size_t number = 0;  ///< of the last line, from 1

 private:
  std::string_view text_;
};

/// The fields of one line.
struct Row {
  std::array<std::string_view, 6> field;
  std::size_t number;

  Row(std::string_view line, std::size_t number_) : number(number_) {
    const auto commas = std::count(line.begin(), line.end(), ',');
    if (commas != 5) throw error(number, "expected 6 columns, got " + std::to_string(commas + 1));
    for (std::string_view& f : field) {
      const std::size_t end = std::min(line.find(','), line.size());
      f = line.substr(0, end);
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }

  template <class T>
  T read(std::size_t column, const char* name, const char* what) const {
    T value{};
    const std::string_view f = field[column];
    const auto result = std::from_chars(f.data(), f.data() + f.size(), value);
    if (result.ec != std::errc() || result.ptr != f.data() + f.size())
      throw error(number,
                  std::string(name) + ": expected " + what + ", got '" + std::string(f) + "'");
    return value;
  }
  std::uint64_t index(std::size_t column, const char* name) const {
    const auto value = read<std::uint64_t>(column, name, "a number 0, 1, 2, ...");
    if (value >= most)
      throw error(number, std::string(name) + ": expected less than 2^32, got more");
    return value;
  }
  double real(std::size_t column, const char* name) const {
    const double value = read<double>(column, name, "a number");
    if (!std::isfinite(value))
      throw error(number, std::string(name) + ": expected a finite number");
    return value;
  }
  double probability() const {
    const double p = real(2, "probability");
    if (p < 0.0 || p > 1.0)
      throw error(number, "probability: expected 0 to 1, got " + std::string(field[2]));
    return p;
  }
};

struct Transition {
  std::uint64_t state, action, next;
  double probability, reward, terminated;
};
struct Start {
  std::uint64_t state;
  double probability;
};

Transition transition(const Row& row) {
  Transition t{row.index(0, "state"), row.index(1, "action"), row.index(3, "next_state"),
               row.probability(),     row.real(4, "reward"),  row.real(5, "terminated")};
  if (t.terminated != 0.0 && t.terminated != 1.0)
    throw error(row.number, "terminated: expected 0 or 1, got " + std::string(row.field[5]));
  return t;
}

Start start(const Row& row) {
  for (const std::size_t column : {1u, 4u, 5u})
    if (!row.field[column].empty())
      throw error(row.number, "expected start,,<probability>,<state>,, and got '" +
                                  std::string(row.field[column]) + "' in column " +
                                  std::to_string(column + 1));
  return {row.index(3, "next_state"), row.probability()};
}

/// Sorts the transitions; every (state, action) has rows, and they sum to 1.
void check(std::vector<Transition>& rows, const Process& process) {
  const auto key = [](const Transition& t) { return std::pair(t.state, t.action); };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Transition& a, const Transition& b) { return key(a) < key(b); });
  auto row = rows.begin();
  for (std::uint64_t s = 0; s < process.states; ++s)
    for (std::uint64_t a = 0; a < process.actions; ++a) {
      const std::string where = "state " + std::to_string(s) + ", action " + std::to_string(a);
      if (row == rows.end() || key(*row) != std::pair(s, a))
        throw Error(where + ": expected rows, got none", Exit::plugin);
      double sum = 0.0;
      for (; row != rows.end() && key(*row) == std::pair(s, a); ++row) sum += row->probability;
      check_sum(sum, where);
    }
}

}  // namespace

void check_sum(double sum, const std::string& where) {
  if (!(std::abs(sum - 1.0) <= 1e-9))
    throw Error(
        where + ": expected probabilities that sum to 1, got a sum of " + std::to_string(sum),
        Exit::plugin);
}

Process read_process(const std::string& text) {
  Lines lines(text);
  std::string_view line;
  if (!lines.next(line) || line != header)
    throw error(1, "expected " + std::string(header) + ", got '" + std::string(line) + "'");
  Process process;
  std::vector<Transition> rows;
  std::vector<Start> starts;
  while (lines.next(line)) {
    if (line.empty()) continue;
    const Row row(line, lines.number);
    if (row.field[0] == "start") {
      starts.push_back(start(row));
      process.states = std::max(process.states, starts.back().state + 1);
    } else {
      rows.push_back(transition(row));
      process.states = std::max({process.states, rows.back().state + 1, rows.back().next + 1});
      process.actions = std::max(process.actions, rows.back().action + 1);
    }
  }
  if (rows.empty()) throw Error("expected rows of transitions, got none", Exit::plugin);
  check(rows, process);
  for (const Transition& t : rows) {
    if (t.probability == 0.0) continue;
    process.state.push_back(t.state);
    process.action.push_back(t.action);
    process.next.push_back(t.next);
    process.probability.push_back(t.probability);
    process.reward.push_back(t.reward);
    process.terminated.push_back(t.terminated);
  }
  if (starts.empty()) return process;
  process.initial.assign(process.states, 0.0);
  for (const Start& s : starts) process.initial[s.state] += s.probability;
  check_sum(std::accumulate(process.initial.begin(), process.initial.end(), 0.0), "start rows");
  return process;
}

}  // namespace seedbed
