#include "runner/crew.hpp"

#include <poll.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <seedbed/error.hpp>

#include "runner/task_queue.hpp"
#include "runner/worker_process.hpp"

namespace seedbed {

using Kind = TaskChange::Kind;

struct Crew::Place {
  WorkerProcess worker;
  unsigned number;
  std::optional<std::size_t> task{};
  Clock::time_point since{};

  double seconds() const { return std::chrono::duration<double>(Clock::now() - since).count(); }
};

Crew::Crew(const Plan& plan, const std::vector<std::size_t>& todo, unsigned jobs,
           const WorkerCommand& command)
    : plan_(plan),
      command_(command),
      takes_(plan.tasks.size(), false),
      queue_(std::make_unique<TaskQueue>(plan, todo)) {
  for (const std::size_t task : todo) takes_[task] = true;
  for (unsigned number = 1; number <= std::min<std::size_t>(jobs, todo.size()); ++number)
    places_.push_back(std::make_unique<Place>(Place{WorkerProcess(command_, number), number}));
}

Crew::~Crew() {
  kill();
}

bool Crew::is_at_work() const {
  if (queue_->has_not_run()) return true;
  if (!stopping_ && queue_->has_ready()) return true;
  return std::ranges::any_of(places_, [](const auto& place) { return place->task.has_value(); });
}

std::vector<TaskChange> Crew::wait(Clock::time_point until, int other) {
  std::vector<TaskChange> changes;
  report_not_run(changes);
  hand_out(changes);
  while (changes.empty() && is_at_work()) {
    std::vector<pollfd> ends{{other, POLLIN, 0}};
    for (const auto& place : places_)
      if (place->task) ends.push_back({place->worker.descriptor(), POLLIN, 0});
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(wake(until) - Clock::now()).count();
    ::poll(ends.data(), ends.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
    hear(changes);
    if (ends[0].revents || Clock::now() >= until) break;
  }
  report_not_run(changes);
  return changes;
}

/// A worker may die and leave the pipe to a process that a plugin started: looked for now and then.
Crew::Clock::time_point Crew::wake(Clock::time_point until) const {
  constexpr std::chrono::milliseconds now_and_then{250};
  Clock::time_point first = std::min(until, Clock::now() + now_and_then);
  for (const auto& place : places_)
    if (place->task) first = std::min(first, place->worker.deadline());
  return first;
}

void Crew::hand_out(std::vector<TaskChange>& changes) {
  for (const auto& place : places_) {
    if (stopping_ || place->task) continue;
    const auto task = queue_->take();
    if (!task) return;
    start(*place, *task, changes);
  }
}

void Crew::start(Place& place, std::size_t task, std::vector<TaskChange>& changes) {
  place.since = Clock::now();
  changes.push_back({Kind::started, task, place.number});
  try {
    place.worker.give(task, plan_.tasks[task].id);
    place.task = task;
  } catch (const Error& error) {
    queue_->close(task, false);
    changes.push_back({Kind::failed, task, place.number, place.seconds(), error.what()});
  }
}

void Crew::hear(std::vector<TaskChange>& changes) {
  for (const auto& place : places_) {
    if (!place->task) continue;
    const auto outcome = place->worker.answer();
    if (!outcome) continue;
    const std::size_t task = *place->task;
    place->task.reset();
    if (outcome->kind != Kind::stopped) queue_->close(task, outcome->kind == Kind::done);
    changes.push_back({outcome->kind, task, place->number, place->seconds(), outcome->message});
  }
}

void Crew::report_not_run(std::vector<TaskChange>& changes) {
  for (const auto& [task, cause] : queue_->not_run())
    changes.push_back({Kind::not_run, task, 0, -1.0,
                       "not run: needs " + plan_.tasks[cause].file +
                           (takes_[cause] ? "" : ", which is not done and not selected")});
}

std::vector<BusyWorker> Crew::busy() const {
  std::vector<BusyWorker> workers;
  for (const auto& place : places_)
    if (place->task)
      workers.push_back({place->number, *place->task, place->seconds(), place->worker.iteration()});
  return workers;
}

void Crew::stop() {
  stopping_ = true;
  for (const auto& place : places_)
    if (place->task) place->worker.stop();
}

void Crew::kill() {
  stopping_ = true;
  for (const auto& place : places_) place->worker.kill();
}

void Crew::suspend() {
  for (const auto& place : places_)
    if (place->task) place->worker.pause();
  const Clock::time_point start = Clock::now();
  ::raise(SIGSTOP);
  const Clock::duration length = Clock::now() - start;
  for (const auto& place : places_)
    if (place->task) {
      place->since += length;
      place->worker.go_on(length);
    }
}

}  // namespace seedbed
