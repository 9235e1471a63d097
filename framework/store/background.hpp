#pragma once
// Internal to the store: the thread that touches HDF5.
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace seedbed {

/// One thread that does what it is given, in that order. It starts with the first give(): a file
/// that is written at once costs no thread.
///
/// The first exception of a work is thrown by every later call, and nothing is done after it. One
/// thread may call, and works themselves.
class Background {
 public:
  using Work = std::function<void()>;
  static constexpr std::size_t worth_waking = 1024 * 1024;

  Background() = default;
  Background(const Background&) = delete;
  ~Background() { end(); }

  /// Has `work` done later, at once if a work gives it. Waits while works that hold more than 32
  /// MiB wait; `bytes`: what this one holds.
  ///
  /// Rationale: waking the thread costs as much as a short iteration, so it sleeps until so
  /// many bytes wait (`worth_waking`).
  void give(std::size_t bytes, Work work);
  /// Has it done after all that was given, and waits for it: in this thread if there is no other.
  void now(const Work& work);
  void wait();  ///< For all that was given.
  bool end();   ///< The same; false when something failed.

 private:
  struct Waiting {
    std::size_t bytes;
    Work work;
  };
  void start();
  void live();
  void perform(const Work& work, std::unique_lock<std::mutex>& lock);
  template <class Condition>
  void await(std::unique_lock<std::mutex>& lock, Condition condition);

  std::mutex mutex_;
  std::condition_variable given_, done_;
  std::deque<Waiting> waiting_;
  std::size_t bytes_ = 0;  ///< Of what waits or is under way.
  bool busy_ = false, ends_ = false;
  bool is_awaited_ = false;  ///< Somebody waits: what there is is done, however little.
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace seedbed
