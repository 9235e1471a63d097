#include "runner/worker_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/call_record.hpp"
#include "runner/terminal.hpp"

namespace seedbed {

namespace {

double since(Crew::Clock::time_point start) {
  return std::chrono::duration<double>(Crew::Clock::now() - start).count();
}

/// "learn/optimizer.step=1e-3/r0007"
std::string name_of(const Task& task) {
  std::string name = task.file;
  if (name.starts_with("runs/")) name.erase(0, 5);
  if (name.ends_with(".h5")) name.erase(name.size() - 3);
  return name;
}

/// The replicate, which tells tasks of a cell apart, is kept: "learn/optimizer…/r0007".
std::string cut_name(const std::string& name, std::size_t columns) {
  const std::size_t last = name.rfind('/');
  if (display_width(name) <= columns || last == std::string::npos) return cut_to(name, columns);
  const std::string tail = name.substr(last);
  if (columns < tail.size() + 4) return cut_to(name, columns);
  return cut_to(name.substr(0, last), columns - tail.size()) + tail;
}

/// Three digits: "0.0123/s", "34.5/s", "33912/s"
std::string rate_text(double rate) {
  return rate < 100.0 ? fmt::format("{:.3g}/s", rate) : fmt::format("{:.0f}/s", rate);
}

}  // namespace

std::string clock_text(double seconds) {
  const auto s = static_cast<std::int64_t>(std::llround(seconds));
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

/// " 2 learn/optimizer.step=1e-3/r0007  iteration 120/250  35/s  0:03"
std::string WorkerLines::line(const BusyWorker& worker, std::size_t columns) {
  std::string state;
  const std::uint64_t all = iterations_of(worker.task);
  if (worker.iteration != CallRecord::none) {
    const auto pace = paces_.find(worker.number);
    if (pace == paces_.end() || pace->second.task != worker.task ||
        pace->second.iteration > worker.iteration)
      paces_[worker.number] = {worker.task, worker.iteration, Crew::Clock::now()};
    const Pace& from = paces_[worker.number];
    const double seconds = since(from.since);
    state += fmt::format("  iteration {}", worker.iteration + 1);
    if (worker.iteration < all) state += fmt::format("/{}", all);
    if (worker.iteration > from.iteration && seconds > 0.0)
      state += "  " + rate_text(static_cast<double>(worker.iteration - from.iteration) / seconds);
  }
  state += "  " + clock_text(worker.seconds);
  const std::string number = fmt::format("{}{} ", worker.number < 10 ? " " : "", worker.number);
  const std::size_t used = display_width(state) + number.size();
  const std::string name = name_of(plan_.tasks[worker.task]);
  const std::size_t room = columns > used + 8 ? columns - used : std::min<std::size_t>(8, columns);
  return cut_to(number + cut_name(name, room) + state, columns);
}

std::uint64_t WorkerLines::iterations_of(std::size_t task) const {
  const Task& t = plan_.tasks[task];
  return suite_.stages[t.stage].cells[t.cell].configuration.iterations;
}

}  // namespace seedbed
