#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace seedbed {

/// A plugin's title, cut to what a record holds; NUL-terminated.
using Title = std::array<char, 64>;

inline Title title_of(std::string_view text) {
  Title title{};
  std::copy_n(text.data(), std::min(text.size(), title.size() - 1), title.data());
  return title;
}

/// The plugin call under way in a thread: what is known of one that never returns. Plain memory, so
/// that a worker may share it with the process that waits for it.
struct CallRecord {
  static constexpr std::uint64_t none = ~std::uint64_t{0};

  Title title{};
  std::array<char, 24> function{};
  std::uint32_t active = 0;  ///< 0: the call returned
  std::uint64_t iteration = none;
  std::uint64_t first_episode = 0, last_episode = none;  ///< that have a lane; none: no rollout

  /// "estimator 'reinforce': estimate", or "" before the first call.
  std::string call() const;
  /// " at iteration 3, episodes 0 to 47", as far as it is known.
  std::string place() const;
};

/// Of this thread: the shared one, where there is one.
inline CallRecord& call_record();
/// From now on this thread keeps its record in `shared`, which must outlive it.
inline void share_call_record(CallRecord* shared);

/// Prints which plugin call was under way when this process dies of a signal or ends inside of it,
/// and ends it with the exit code of plugin errors. A thread whose record is shared says nothing
/// and ends as it does. Call it once.
void report_crashes();

/// Marks a call as under way until the end of its scope. A handful of stores: it is on the hot
/// path.
class CallInProgress {
 public:
  template <std::size_t n>
  CallInProgress(const Title& title, const char (&function)[n]) : record_(call_record()) {
    static_assert(n <= sizeof record_.function);
    record_.title = title;
    std::memcpy(record_.function.data(), function, n);
    record_.active = 1;
  }
  ~CallInProgress() { record_.active = 0; }
  CallInProgress(const CallInProgress&) = delete;
  CallInProgress& operator=(const CallInProgress&) = delete;

 private:
  CallRecord& record_;
};

namespace of_thread {
inline constinit thread_local CallRecord own_record{};
inline constinit thread_local CallRecord* shared_record = nullptr;
}  // namespace of_thread

inline CallRecord& call_record() {
  return of_thread::shared_record ? *of_thread::shared_record : of_thread::own_record;
}
inline void share_call_record(CallRecord* shared) {
  of_thread::shared_record = shared;
}

}  // namespace seedbed
