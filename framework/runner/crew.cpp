#include "runner/crew.hpp"

#include <algorithm>
#include <seedbed/error.hpp>
#include <thread>

#include "runner/task_queue.hpp"
#include "runner/worker_process.hpp"

namespace seedbed {

void run_crew(const Plan& plan, const std::vector<std::size_t>& todo, unsigned jobs,
              const WorkerCommand& command,
              const std::function<void(std::size_t, const Outcome&)>& report) {
  TaskQueue queue(plan, todo, report);
  std::vector<std::thread> threads;
  for (unsigned number = 1; number <= std::min<std::size_t>(jobs, todo.size()); ++number)
    threads.emplace_back([&, number] {
      WorkerProcess worker(command, number);
      while (const auto task = queue.take()) {
        Outcome outcome;
        try {
          outcome = worker.run(*task, plan.tasks[*task].id);
        } catch (const Error& error) {
          outcome = {false, error.what()};
        }
        queue.close(*task, outcome);
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace seedbed
