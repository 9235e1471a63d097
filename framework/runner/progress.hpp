#pragma once
#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "runner/crew.hpp"
#include "runner/forecast.hpp"
#include "runner/terminal.hpp"
#include "runner/worker_lines.hpp"

namespace seedbed {

/// What a person sees of a run. On a screen: a bar over all tasks with the time that is left, and a
/// line per busy worker, drawn at most ten times a second, never wider than the screen. Otherwise a
/// line every 30 s and when a stage begins and ends, however many tasks it has. Failures are
/// printed at once, in either case and when quiet.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  Progress(std::ostream& out, const Terminal& terminal, const Suite& suite, const Plan& plan,
           const std::vector<std::size_t>& todo, unsigned jobs, bool quiet);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  void see(const TaskChange& change);
  void say(const std::string& text);               ///< Of what goes on: not when quiet.
  void insist(const std::string& text);            ///< Also when quiet.
  void draw(const std::vector<BusyWorker>& busy);  ///< When it is time to.
  Clock::time_point next() const;                  ///< When that is.
  void clear();                                    ///< Until it is drawn again.
  void resize() { drawn_ = {}; }                   ///< It is time to.
  void go_on();                                    ///< After a while in which nothing went on.
  void finish();

 private:
  struct StageCount {
    std::size_t left = 0, done = 0, failed = 0;
    bool began = false;
    Clock::time_point since{};
  };
  void end(const TaskChange& change);
  std::string summary() const;
  std::string bar(std::size_t columns, const std::vector<BusyWorker>& busy) const;
  std::string forecast(const std::vector<BusyWorker>& busy) const;
  double behind(const BusyWorker& worker) const;

  std::ostream& out_;
  Terminal terminal_;
  const Suite& suite_;
  const Plan& plan_;
  bool quiet_;
  std::size_t jobs_, tasks_, done_ = 0, failed_ = 0;
  std::vector<double> cost_;  ///< Of every task that is to be done.
  double cost_left_ = 0.0;
  std::map<std::size_t, StageCount> stages_;
  Forecast forecast_;
  WorkerLines workers_;
  Banner banner_;
  Clock::time_point start_, drawn_;
};

}  // namespace seedbed
