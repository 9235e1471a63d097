#include "store/background.hpp"

#include <system_error>

#include "store/handle.hpp"

namespace seedbed {

namespace {
constexpr std::size_t most_bytes = 32 * 1024 * 1024;
}

bool Background::end() {
  if (!thread_.joinable()) return !failure_;
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  given_.notify_one();
  thread_.join();
  return !failure_;
}

void Background::start() {
  if (thread_.joinable()) return;
  try {
    thread_ = std::thread([this] { live(); });
  } catch (const std::system_error&) {  // no memory for one: then in the thread that gives
  }
}

/// Waits until it holds or something has failed, which is thrown.
template <class Condition>
void Background::await(std::unique_lock<std::mutex>& lock, Condition condition) {
  if (!failure_ && !condition()) {
    is_awaited_ = true;
    given_.notify_one();
    done_.wait(lock, [&] { return failure_ || condition(); });
    is_awaited_ = false;
  }
  if (failure_) std::rethrow_exception(failure_);
}

void Background::give(std::size_t bytes, Work work) {
  start();
  if (!thread_.joinable()) return now(work);
  if (thread_.get_id() == std::this_thread::get_id()) return work();
  std::unique_lock lock(mutex_);
  await(lock, [&] { return bytes_ == 0 || bytes_ + bytes <= most_bytes; });
  waiting_.push_back({bytes, std::move(work)});
  const bool wakes = bytes_ < worth_waking && bytes_ + bytes >= worth_waking;
  bytes_ += bytes;
  lock.unlock();
  if (wakes) given_.notify_one();
}

void Background::now(const Work& work) {
  if (thread_.joinable()) {
    give(0, [&work] { work(); });
    return wait();
  }
  std::unique_lock lock(mutex_);
  if (!failure_) perform(work, lock);
  if (failure_) std::rethrow_exception(failure_);
}

void Background::wait() {
  std::unique_lock lock(mutex_);
  await(lock, [&] { return waiting_.empty() && !busy_; });
}

void Background::perform(const Work& work, std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  std::exception_ptr failure;
  try {
    work();
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  failure_ = failure;
}

void Background::live() {
  hdf5::prepare();
  std::unique_lock lock(mutex_);
  for (;;) {
    if (waiting_.empty())
      given_.wait(lock, [&] {
        return ends_ || (!waiting_.empty() && (is_awaited_ || bytes_ >= worth_waking));
      });
    if (waiting_.empty()) return;
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    busy_ = true;
    if (!failure_) perform(next.work, lock);
    lock.unlock();
    next.work = nullptr;  // what it holds goes before others may count on its room
    lock.lock();
    busy_ = false;
    bytes_ -= next.bytes;
    if (failure_) waiting_.clear();
    done_.notify_one();
  }
}

}  // namespace seedbed
