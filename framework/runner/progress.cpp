#include "runner/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "engine/call_record.hpp"
#include "suite/cost.hpp"

namespace seedbed {

using Kind = TaskChange::Kind;

namespace {

constexpr std::chrono::milliseconds redraw{100};
constexpr std::chrono::seconds plain_line{30};
constexpr const char* green = "\033[32m";
constexpr const char* red = "\033[31m";
constexpr const char* plain = "\033[0m";

double since(Progress::Clock::time_point start) {
  return std::chrono::duration<double>(Progress::Clock::now() - start).count();
}

}  // namespace

Progress::Progress(std::ostream& out, const Terminal& terminal, const Suite& suite,
                   const Plan& plan, const std::vector<std::size_t>& todo, unsigned jobs,
                   bool quiet)
    : out_(out),
      terminal_(terminal),
      suite_(suite),
      plan_(plan),
      quiet_(quiet),
      jobs_(jobs),
      tasks_(todo.size()),
      cost_(plan.tasks.size()),
      workers_(suite, plan),
      banner_(out),
      start_(Clock::now()),
      drawn_(start_) {
  std::map<std::pair<std::size_t, std::size_t>, double> of_cell;
  for (const std::size_t i : todo) {
    const Task& task = plan.tasks[i];
    const auto [cell, is_new] = of_cell.try_emplace({task.stage, task.cell});
    if (is_new)
      cell->second =
          std::max(1.0, nominal_cost(suite.stages[task.stage].cells[task.cell].configuration));
    cost_left_ += cost_[i] = cell->second;
    ++stages_[task.stage].left;
  }
}

void Progress::see(const TaskChange& change) {
  StageCount& stage = stages_[plan_.tasks[change.task].stage];
  if (change.kind != Kind::started) return end(change);
  if (stage.began) return;
  stage.began = true;
  stage.since = Clock::now();
  if (!terminal_.is_screen && stages_.size() > 1)
    say(fmt::format("{}: {} tasks", suite_.stages[plan_.tasks[change.task].stage].name,
                    stage.left));
}

void Progress::end(const TaskChange& change) {
  workers_.forget(change.worker);
  if (change.kind == Kind::stopped) return;
  const std::size_t number = plan_.tasks[change.task].stage;
  StageCount& stage = stages_[number];
  const bool done = change.kind == Kind::done;
  ++(done ? done_ : failed_);
  ++(done ? stage.done : stage.failed);
  cost_left_ -= cost_[change.task];
  if (done) forecast_.add(cost_[change.task], change.seconds);
  if (--stage.left > 0 || terminal_.is_screen || stages_.size() < 2) return;
  say(fmt::format("{}: {} done, {} failed, {}", suite_.stages[number].name, stage.done,
                  stage.failed, clock_text(stage.began ? since(stage.since) : 0.0)));
}

void Progress::say(const std::string& text) {
  if (!quiet_) insist(text);
}

void Progress::insist(const std::string& text) {
  banner_.above(text + "\n");
}

Progress::Clock::time_point Progress::next() const {
  if (quiet_) return Clock::now() + plain_line;
  return drawn_ + (terminal_.is_screen ? redraw : std::chrono::milliseconds(plain_line));
}

void Progress::draw(const std::vector<BusyWorker>& busy) {
  if (quiet_ || Clock::now() < next()) return;
  drawn_ = Clock::now();
  if (!terminal_.is_screen) {
    out_ << summary() + forecast(busy) + "\n" << std::flush;
    return;
  }
  const auto [rows, columns] = terminal_.size();
  const std::size_t width = std::max<std::size_t>(columns, 2) - 1;  // the last column may wrap
  const std::size_t room = std::max<std::size_t>(rows, 2) - 1;
  std::vector<std::string> lines{bar(width, busy)};
  for (const BusyWorker& worker : busy) {
    if (lines.size() + 1 >= room && lines.size() < busy.size()) {
      lines.push_back(cut_to(fmt::format("and {} more", busy.size() - lines.size() + 1), width));
      break;
    }
    lines.push_back(workers_.line(worker, width));
  }
  if (lines.size() > room) lines.resize(room);
  banner_.draw(lines);
}

void Progress::clear() {
  banner_.clear();
}

void Progress::go_on() {
  workers_.forget();
  resize();
}

void Progress::finish() {
  clear();
  if (!quiet_ && tasks_ > 0) out_ << summary() + "\n" << std::flush;
}

std::string Progress::summary() const {
  std::string text =
      fmt::format("{}/{} tasks, {}", done_ + failed_, tasks_, clock_text(since(start_)));
  if (failed_) text += fmt::format(", {} failed", failed_);
  return text;
}

/// The bar, and in the rest of the line what it stands for.
std::string Progress::bar(std::size_t columns, const std::vector<BusyWorker>& busy) const {
  const std::string text = summary() + forecast(busy);
  const std::size_t used = display_width(text) + 3;
  if (columns < used + 8) return cut_to(text, columns);
  const std::size_t length = std::min<std::size_t>(columns - used, 30);
  const std::size_t whole = std::max<std::size_t>(tasks_, 1);
  const std::size_t bad = length * failed_ / whole;
  const std::size_t good = std::min(length * (done_ + failed_) / whole, length) - bad;
  const auto part = [this](const char* colour, std::size_t n) {
    if (!terminal_.has_colour || n == 0) return std::string(n, '#');
    return colour + std::string(n, '#') + plain;
  };
  return "[" + part(green, good) + part(red, bad) + std::string(length - good - bad, '.') + "] " +
         text;
}

/// The part of its task that is behind a worker.
double Progress::behind(const BusyWorker& worker) const {
  const auto all = static_cast<double>(workers_.iterations_of(worker.task));
  if (worker.iteration == CallRecord::none || all <= 0.0) return 0.0;
  return std::min(1.0, static_cast<double>(worker.iteration) / all);
}

std::string Progress::forecast(const std::vector<BusyWorker>& busy) const {
  Forecast now = forecast_;
  double cost = cost_left_;
  for (const BusyWorker& worker : busy) {
    const double part = behind(worker) * cost_[worker.task];
    cost -= part;
    if (done_ < jobs_ && part > 0.0) now.add(part, worker.seconds);
  }
  const auto range = now.left(cost, tasks_ - std::min(tasks_, done_ + failed_), jobs_);
  if (!range || done_ + failed_ >= tasks_) return "";
  const std::string low = clock_text(range->low), high = clock_text(range->high);
  return low == high ? fmt::format(", {} left", high) : fmt::format(", {} to {} left", low, high);
}

}  // namespace seedbed
